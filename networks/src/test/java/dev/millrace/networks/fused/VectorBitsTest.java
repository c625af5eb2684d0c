package dev.millrace.networks.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineContract;
import dev.millrace.networks.JoinNetworks;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.SequenceNetworks;
import dev.millrace.networks.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights after training are the same bits on plain loops and on vectors of any width. */
class VectorBitsTest {

    private static final String PLAIN = "0";
    private static final List<String> VECTORS = List.of("128", "256", "512");

    @BeforeEach
    void needsTheModule() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }

    @Test
    void everyChoiceOfLoopsIsTheOneAskedFor() {
        NetworkSpec spec = Networks.binary(1, Activation.RELU);
        assertThat(IsolatedEngines.loops(PLAIN, spec)).isEqualTo("plain loops");
        for (String bits : VECTORS) {
            assertThat(IsolatedEngines.loops(bits, spec)).isEqualTo("vectors of " + bits + " bits");
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationLossAndOptimizerLearnsTheSameBits(Activation activation) {
        List<NetworkSpec> specs = EngineContract.everyActivationLossAndOptimizer(List.of()).stream()
                .map(spec -> Networks.with(spec, hidden(activation, 6, 3)))
                .distinct()
                .toList();
        assertSameBits(specs, 21, 60);
    }

    /** Widths around those of vectors and tiles, and batches around the rows of a tile. */
    @ParameterizedTest
    @CsvSource({
        "1,1,1,1",
        "3,1,7,2",
        "7,17,1,3",
        "17,33,3,5",
        "33,7,64,9",
        "1000,3,2,4",
        "2,1000,5,33",
        "64,64,64,150",
        "16,128,96,6"
    })
    void everyWidthLearnsTheSameBits(int inputs, int first, int second, int rows) {
        List<NetworkSpec> specs = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            specs.add(Networks.with(Networks.binary(inputs, activation), withDropout(activation, first, second)));
        }
        assertSameBits(specs, rows, 20);
    }

    @Test
    void everyLayerLearnsTheSameBits() {
        List<NetworkSpec> specs = SequenceNetworks.layers().stream()
                .map(SequenceNetworks::network)
                .toList();
        assertSameBits(specs, 13, 60);
    }

    @Test
    void everyJoinLearnsTheSameBits() {
        assertSameBits(JoinNetworks.all(), 13, 60);
    }

    /** Widths around those of vectors and tiles. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "1,33,5", "3,7,2", "7,17,9", "17,3,33", "33,64,70", "1000,2,4", "2,1000,3"})
    void recurrentLayersOfAnyWidthLearnTheSameBits(int channels, int units, int rows) {
        assertSameBits(
                List.of(
                        SequenceNetworks.recurrent(channels, new LayerSpec.Lstm(units), LayerSpec.Pooling.LAST),
                        SequenceNetworks.recurrent(channels, new LayerSpec.Gru(units), LayerSpec.Pooling.MEAN)),
                rows,
                20);
    }

    /** Every activation, loss, optimiser and layer at least once. */
    @Test
    void tenThousandMiniBatchesLearnTheSameBits() {
        List<NetworkSpec> tasks = EngineContract.everyTask();
        List<OptimizerSpec> optimizers = EngineContract.everyOptimizer();
        Activation[] activations = Activation.values();
        List<List<LayerSpec>> layers = SequenceNetworks.layers();
        List<NetworkSpec> specs = new ArrayList<>();
        specs.add(Networks.binary(9, Activation.RELU, 17, 8));
        for (int i = 0; i < tasks.size(); i++) {
            NetworkSpec task = Networks.with(tasks.get(i), hidden(activations[i % activations.length], 6, 3));
            specs.add(Networks.with(task, optimizers.get(i % optimizers.size())));
        }
        for (int i = 0; i < layers.size(); i++) {
            specs.add(Networks.with(SequenceNetworks.network(layers.get(i)), optimizers.get(i % optimizers.size())));
        }
        assertSameBits(specs, 4, 10_000);
    }

    private static void assertSameBits(List<NetworkSpec> specs, int rows, int miniBatches) {
        List<Integer> expected = hashes(PLAIN, specs, rows, miniBatches);
        for (String bits : VECTORS) {
            assertThat(hashes(bits, specs, rows, miniBatches))
                    .as("vectors of %s bits", bits)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 64, 150})
    void aRowScoresTheSameAloneAndInAGroupOnAnyLoops(int rows) {
        NetworkSpec spec = Networks.binary(19, Activation.SIGMOID, 40, 33);
        float[] inputs = Networks.normal(19 * rows, 8);
        float[] expected = scores(PLAIN, spec, inputs, rows, 1);
        for (String bits : VECTORS) {
            assertThat(scores(bits, spec, inputs, rows, 1)).isEqualTo(expected);
            assertThat(scores(bits, spec, inputs, rows, rows)).isEqualTo(expected);
        }
    }

    /** From sums so small that their squares vanish to ones whose exponentials do. */
    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SIGMOID", "TANH", "ELU", "GELU", "LEAKY_RELU"})
    void exponentialsAreTheSameBitsOverTheirWholeRange(Activation activation) {
        NetworkSpec spec = Networks.binary(1, activation, 64);
        Random random = new Random(5);
        Weights weights;
        try (Engine engine = IsolatedEngines.create(PLAIN, spec)) {
            weights = engine.initialWeights(1);
        }
        for (int unit = 0; unit < 64; unit++) {
            weights.parameters()[unit] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(8) - 4));
        }
        float[] inputs = Networks.normal(3000, 3);
        inputs[0] = 0;
        inputs[1] = -0f;
        inputs[2] = 1e30f;
        inputs[3] = -1e30f;
        for (String bits : VECTORS) {
            try (Engine engine = IsolatedEngines.create(bits, spec);
                    Engine plain = IsolatedEngines.create(PLAIN, spec)) {
                float[] scores = new float[3000];
                float[] expected = new float[3000];
                engine.score(weights, inputs, 3000, scores);
                plain.score(weights, inputs, 3000, expected);
                assertThat(scores).isEqualTo(expected);
                float[] slope = new float[1];
                float[] expectedSlope = new float[1];
                for (int row = 0; row < 3000; row++) {
                    engine.inputGradient(weights, new float[] {inputs[row]}, 0, slope);
                    plain.inputGradient(weights, new float[] {inputs[row]}, 0, expectedSlope);
                    assertThat(slope).isEqualTo(expectedSlope);
                }
            }
        }
    }

    /** Losses of rows that are certain, wrong, and undecided, with a rest that fills no vector. */
    @Test
    void lossesAreTheSameBitsOverTheirWholeRange() {
        int rows = 3001;
        NetworkSpec spec = Networks.binary(1, Activation.IDENTITY, 3);
        Random random = new Random(6);
        float[] inputs = Networks.normal(rows, 4);
        for (int row = 0; row < rows; row++) {
            inputs[row] *= (float) Math.pow(10, random.nextInt(8) - 5);
        }
        inputs[0] = 0;
        inputs[1] = -0f;
        float[] labels = Networks.labels(spec, inputs, rows);
        float[] rowWeights = new float[rows];
        for (int row = 0; row < rows; row++) {
            rowWeights[row] = random.nextInt(3);
            labels[row] = row % 5 == 0 ? 1 - labels[row] : labels[row];
        }
        Weights expected = null;
        float expectedLoss = 0;
        for (String bits : List.of(PLAIN, "128", "256", "512")) {
            try (Engine engine = IsolatedEngines.create(bits, spec)) {
                Weights weights = engine.initialWeights(1);
                float loss = engine.fit(weights, inputs, labels, rowWeights, rows);
                assertThat(weights.updates()).isEqualTo(1);
                if (expected == null) {
                    expected = weights;
                    expectedLoss = loss;
                }
                assertThat(loss).as("loss on %s bits", bits).isEqualTo(expectedLoss);
                assertThat(weights.parameters()).isEqualTo(expected.parameters());
                assertThat(weights.updaterState()).isEqualTo(expected.updaterState());
            }
        }
    }

    private static float[] scores(String bits, NetworkSpec spec, float[] inputs, int rows, int together) {
        float[] scores = new float[rows];
        try (Engine engine = IsolatedEngines.create(bits, spec)) {
            Weights weights = engine.initialWeights(2);
            float[] group = new float[together];
            for (int row = 0; row < rows; row += together) {
                int width = spec.inputs();
                engine.score(
                        weights, Arrays.copyOfRange(inputs, row * width, (row + together) * width), together, group);
                System.arraycopy(group, 0, scores, row, together);
            }
        }
        return scores;
    }

    /** Of each spec after training: of parameters and updater state, and of what the last mini-batches said of their inputs. */
    private static List<Integer> hashes(String bits, List<NetworkSpec> specs, int rows, int miniBatches) {
        List<Integer> hashes = new ArrayList<>();
        for (NetworkSpec spec : specs) {
            float[][] inputs = new float[7][];
            float[][] labels = new float[7][];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = SequenceNetworks.inputs(spec, rows, i);
                labels[i] = Networks.labels(spec, inputs[i], rows);
            }
            float[] ones = Networks.ones(rows);
            float[] inputGradients = new float[rows * spec.inputs()];
            try (Engine engine = IsolatedEngines.create(bits, spec)) {
                Weights weights = engine.initialWeights(1);
                for (int batch = 0; batch < miniBatches; batch++) {
                    int count = 1 + (rows - 1) * (batch % 3) / 2;
                    if (batch % 5 == 0) {
                        engine.fit(weights, inputs[batch % 7], labels[batch % 7], ones, count, inputGradients);
                    } else {
                        engine.fit(weights, inputs[batch % 7], labels[batch % 7], ones, count);
                    }
                }
                assertThat(weights.updates()).isPositive();
                hashes.add(31 * Arrays.hashCode(weights.parameters()) + Arrays.hashCode(weights.updaterState()));
                hashes.add(Arrays.hashCode(inputGradients));
            }
        }
        return hashes;
    }

    private static List<LayerSpec> hidden(Activation activation, int first, int second) {
        return List.of(new LayerSpec.Dense(first, activation), new LayerSpec.Dense(second, activation));
    }

    private static List<LayerSpec> withDropout(Activation activation, int first, int second) {
        return List.of(
                new LayerSpec.Dense(first, activation),
                new LayerSpec.Dropout(0.2f),
                new LayerSpec.Dense(second, activation));
    }
}
