package dev.millrace.networks.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LayerSpec.Attention;
import dev.millrace.networks.LayerSpec.BatchNormalization;
import dev.millrace.networks.LayerSpec.Convolution;
import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.LayerSpec.Dropout;
import dev.millrace.networks.LayerSpec.Flatten;
import dev.millrace.networks.LayerSpec.Gru;
import dev.millrace.networks.LayerSpec.LayerNormalization;
import dev.millrace.networks.LayerSpec.Lstm;
import dev.millrace.networks.LayerSpec.Padding;
import dev.millrace.networks.LayerSpec.Pool;
import dev.millrace.networks.LayerSpec.Pooling;
import dev.millrace.networks.LayerSpec.Residual;
import dev.millrace.networks.LayerSpec.Sequence;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Role;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.ReferenceNetwork;
import dev.millrace.networks.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer, between a masked sequence and the output, against the definition and the promises of the engine. */
class SequenceNetworksTest {

    private static final int STEPS = 5;
    private static final int CHANNELS = 3;
    private static final int WIDTH = STEPS * (CHANNELS + 1);
    private static final int ROWS = 6;

    static List<List<LayerSpec>> layers() {
        return List.of(
                List.of(new Lstm(4), new Pool(Pooling.LAST)),
                List.of(new Lstm(1), new Lstm(3), new Pool(Pooling.MEAN)),
                List.of(new Gru(4), new Pool(Pooling.LAST)),
                List.of(new Gru(1), new Gru(3), new Pool(Pooling.MAX)),
                List.of(new Convolution(4, 3, Padding.SAME, 1, Activation.TANH), new Pool(Pooling.MEAN)),
                List.of(new Convolution(4, 2, Padding.SAME, 2, Activation.GELU), new Flatten()),
                List.of(new Convolution(4, 3, Padding.CAUSAL, 1, Activation.ELU), new Pool(Pooling.LAST)),
                List.of(new Convolution(4, 4, Padding.CAUSAL, 3, Activation.SOFTMAX), new Pool(Pooling.MAX)),
                List.of(new Attention(1, 3), new Pool(Pooling.MEAN)),
                List.of(new Attention(2, 6), new Lstm(2), new Flatten()),
                List.of(new LayerNormalization(), new Flatten(), new LayerNormalization()),
                List.of(new BatchNormalization(), new Lstm(3), new Pool(Pooling.LAST), new BatchNormalization()),
                List.of(new Dense(4, Activation.GELU), new Dropout(0.3f), new Gru(3), new Dropout(0.2f), new Flatten()),
                List.of(
                        new Residual(List.of(new Attention(1, 3), new LayerNormalization(), new Dropout(0.3f))),
                        new Residual(List.of(
                                new Residual(List.of(new Dense(3, Activation.TANH))),
                                new Dense(3, Activation.SIGMOID))),
                        new Pool(Pooling.MEAN),
                        new Dense(4, Activation.RELU),
                        new Dropout(0.4f)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void scoresAreThoseOfTheDefinition(List<LayerSpec> layers) {
        NetworkSpec spec = network(layers);
        float[] inputs = inputs();
        try (Engine engine = new Dl4jEngine(spec)) {
            Weights weights = shaken(engine);
            float[] scores = new float[ROWS];
            engine.score(weights, inputs, ROWS, scores);
            double[] expected = new ReferenceNetwork(spec)
                    .scores(ReferenceNetwork.toDoubles(weights.parameters()), ReferenceNetwork.toDoubles(inputs), ROWS);
            assertClose(scores, expected, 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsAreThoseOfTheDefinition(List<LayerSpec> layers) {
        NetworkSpec spec = Networks.with(network(layers), new OptimizerSpec.Sgd(1));
        for (int rows : new int[] {ROWS, 1}) {
            float[] inputs = inputs();
            float[] labels = {1, 0, 1, 1, 0, 0};
            float[] rowWeights = {1, 2, 1, 0.5f, 1, 1};
            try (Engine engine = new Dl4jEngine(spec)) {
                Weights weights = shaken(engine);
                float[] before = weights.parameters().clone();
                // A larger mini-batch before must leave nothing behind.
                engine.fit(weights.copy(), Networks.normal(9 * WIDTH, 8), new float[9], Networks.ones(9), 9);
                float loss = engine.fit(weights, inputs, labels, rowWeights, rows);
                ReferenceNetwork reference = new ReferenceNetwork(spec);
                double[] parameters = ReferenceNetwork.toDoubles(before);
                assertThat((double) loss)
                        .isCloseTo(reference.loss(parameters, inputs, labels, rowWeights, rows, 0), within(1e-5));
                double[] gradient = reference.gradient(parameters, inputs, labels, rowWeights, rows, 0);
                for (Tensor tensor : ParameterLayout.of(spec).tensors()) {
                    for (int i = tensor.offset(); i < tensor.endOffset() && tensor.role() != Role.STATISTIC; i++) {
                        assertThat((double) before[i] - weights.parameters()[i])
                                .as("%s, %d of layer %d", tensor.name(), i - tensor.offset(), tensor.stage())
                                .isCloseTo(gradient[i], within(1e-4));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void inputGradientsAreThoseOfTheDefinition(List<LayerSpec> layers) {
        NetworkSpec spec = network(layers);
        try (Engine engine = new Dl4jEngine(spec)) {
            Weights weights = shaken(engine);
            float[] row = Arrays.copyOfRange(inputs(), WIDTH, 2 * WIDTH);
            float[] gradient = new float[WIDTH];
            engine.inputGradient(weights, row, 0, gradient);
            assertClose(
                    gradient,
                    new ReferenceNetwork(spec).inputGradient(ReferenceNetwork.toDoubles(weights.parameters()), row, 0),
                    1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aRowScoresTheSameAloneAndInAGroup(List<LayerSpec> layers) {
        float[] inputs = inputs();
        try (Engine engine = new Dl4jEngine(network(layers));
                Engine other = new Dl4jEngine(network(layers))) {
            Weights weights = shaken(engine);
            float[] together = new float[ROWS];
            engine.score(weights, inputs, ROWS, together);
            float[] alone = new float[1];
            for (int row = ROWS - 1; row >= 0; row--) {
                other.score(weights, Arrays.copyOfRange(inputs, row * WIDTH, (row + 1) * WIDTH), 1, alone);
                assertThat(alone[0]).isEqualTo(together[row]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void whereAndWithWhatARowIsPaddedChangesNothing(List<LayerSpec> layers) {
        try (Engine engine = new Dl4jEngine(network(layers))) {
            Weights weights = shaken(engine);
            float[] steps = Networks.normal(2 * CHANNELS, 4);
            float[] scores = new float[4];
            float[] rows = new float[4 * WIDTH];
            int[][] positions = {{3, 4}, {0, 1}, {1, 3}, {0, 4}};
            for (int row = 0; row < 4; row++) {
                for (int step = 0; step < STEPS; step++) {
                    int at = row * WIDTH + step * (CHANNELS + 1);
                    Arrays.fill(rows, at + 1, at + CHANNELS + 1, row * 100 + step);
                }
                for (int i = 0; i < 2; i++) {
                    int at = row * WIDTH + positions[row][i] * (CHANNELS + 1);
                    rows[at] = 1;
                    System.arraycopy(steps, i * CHANNELS, rows, at + 1, CHANNELS);
                }
            }
            engine.score(weights, rows, 4, scores);
            assertThat(scores).containsOnly(scores[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void trainingGoesOnFromCopiedWeightsAsIfNeverInterrupted(List<LayerSpec> layers) {
        try (Engine engine = new Dl4jEngine(network(layers));
                Engine second = new Dl4jEngine(network(layers))) {
            Weights uninterrupted = engine.initialWeights(3);
            Weights resumed = second.initialWeights(3);
            float first = 0;
            float last = 0;
            for (int update = 0; update < 40; update++) {
                float[] labels = {1, 0, 1, 1, 0, 0};
                last = engine.fit(uninterrupted, inputs(), labels, Networks.ones(ROWS), ROWS);
                first = update == 0 ? last : first;
                Engine other = update < 15 ? second : engine;
                resumed = resumed.copy();
                other.fit(resumed, inputs(), labels, Networks.ones(ROWS), ROWS);
            }
            assertThat(last).isLessThan(first);
            assertThat(resumed.parameters()).isEqualTo(uninterrupted.parameters());
            assertThat(resumed.updaterState()).isEqualTo(uninterrupted.updaterState());
        }
    }

    @Test
    void aSequenceWithoutAMarkHasAllItsSteps() {
        List<LayerSpec> rest = List.of(new Gru(4), new Pool(Pooling.LAST));
        NetworkSpec masked = network(rest);
        List<LayerSpec> layers = new ArrayList<>(rest);
        layers.add(0, new Sequence(STEPS, false));
        NetworkSpec plain = Networks.with(Networks.binary(STEPS * CHANNELS, Activation.RELU), layers);
        float[] marked = Networks.normal(WIDTH, 2);
        float[] row = new float[STEPS * CHANNELS];
        for (int step = 0; step < STEPS; step++) {
            marked[step * (CHANNELS + 1)] = 1;
            System.arraycopy(marked, step * (CHANNELS + 1) + 1, row, step * CHANNELS, CHANNELS);
        }
        try (Engine engine = new Dl4jEngine(masked);
                Engine other = new Dl4jEngine(plain)) {
            float[] score = new float[1];
            float[] otherScore = new float[1];
            engine.score(engine.initialWeights(1), marked, 1, score);
            other.score(other.initialWeights(1), row, 1, otherScore);
            assertThat(otherScore).isEqualTo(score);
        }
    }

    @Test
    void runningStatisticsFollowTheMiniBatches() {
        NetworkSpec spec =
                Networks.with(Networks.binary(1, Activation.RELU), List.<LayerSpec>of(new BatchNormalization()));
        try (Engine engine = new Dl4jEngine(spec)) {
            Weights weights = engine.initialWeights(1);
            assertThat(weights.parameters()).startsWith(1, 0, 0, 1);
            engine.fit(weights, new float[] {2, 6}, new float[] {0, 1}, Networks.ones(2), 2);
            assertThat(weights.parameters()[2]).isCloseTo(0.4f, within(1e-6f));
            assertThat(weights.parameters()[3]).isCloseTo(0.9f + 0.4f, within(1e-6f));
            engine.fit(weights, new float[] {1000}, new float[] {1}, Networks.ones(1), 1);
            assertThat(weights.parameters()[2]).isCloseTo(0.4f, within(1e-6f));
            assertThat(weights.updates()).isEqualTo(2);
        }
    }

    private static NetworkSpec network(List<LayerSpec> layers) {
        List<LayerSpec> all = new ArrayList<>(layers);
        all.add(0, new Sequence(STEPS, true));
        return Networks.with(Networks.binary(WIDTH, Activation.RELU), all);
    }

    /** The first row has all its steps, the third has none. */
    private static float[] inputs() {
        float[] inputs = Networks.normal(ROWS * WIDTH, 3);
        int[] masks = {0b11111, 0b10100, 0, 0b00111, 0b11110, 0b01011};
        for (int row = 0; row < ROWS; row++) {
            for (int step = 0; step < STEPS; step++) {
                inputs[row * WIDTH + step * (CHANNELS + 1)] = masks[row] >> step & 1;
            }
        }
        return inputs;
    }

    /** Biases, gains and statistics off their constants, where a mistake in them would not show. */
    private static Weights shaken(Engine engine) {
        Weights weights = engine.initialWeights(11);
        float[] noise = Networks.normal(weights.parameters().length, 6);
        for (int i = 0; i < noise.length; i++) {
            weights.parameters()[i] += 0.1f * Math.abs(noise[i]);
        }
        weights.touch();
        return weights;
    }

    private static void assertClose(float[] actual, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
