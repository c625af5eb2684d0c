package dev.millrace.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.LayerSpec.BatchNormalization;
import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.LayerSpec.Gru;
import dev.millrace.networks.LayerSpec.Lstm;
import dev.millrace.networks.LayerSpec.Pool;
import dev.millrace.networks.LayerSpec.Pooling;
import dev.millrace.networks.LayerSpec.Residual;
import dev.millrace.networks.LayerSpec.Sequence;
import dev.millrace.networks.ParameterLayout.Role;
import dev.millrace.networks.ParameterLayout.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine keeps of every layer, between a masked sequence and the output: the definition and the promises of the engine. A
 * module that brings an engine extends this and says how one is made.
 */
public abstract class LayerContract {

    private static final int STEPS = SequenceNetworks.STEPS;
    private static final int CHANNELS = SequenceNetworks.CHANNELS;
    private static final int WIDTH = STEPS * (CHANNELS + 1);
    private static final int ROWS = 6;

    /** A new engine; the suite closes it. */
    protected abstract Engine create(NetworkSpec spec);

    static List<List<LayerSpec>> layers() {
        return SequenceNetworks.layers();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void scoresAreThoseOfTheDefinition(List<LayerSpec> layers) {
        NetworkSpec spec = SequenceNetworks.network(layers);
        float[] inputs = SequenceNetworks.inputs(spec, ROWS, 3);
        try (Engine engine = create(spec)) {
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
        NetworkSpec spec = Networks.with(SequenceNetworks.network(layers), new OptimizerSpec.Sgd(1));
        for (int rows : new int[] {ROWS, 1}) {
            float[] inputs = SequenceNetworks.inputs(spec, ROWS, 3);
            float[] labels = {1, 0, 1, 1, 0, 0};
            float[] rowWeights = {1, 2, 1, 0.5f, 1, 1};
            try (Engine engine = create(spec)) {
                Weights weights = shaken(engine);
                float[] before = weights.parameters().clone();
                // A larger mini-batch before must leave nothing behind.
                engine.fit(weights.copy(), Networks.normal(9 * spec.inputs(), 8), new float[9], Networks.ones(9), 9);
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
    void whatAFitSaysOfItsInputsIsThatOfTheDefinition(List<LayerSpec> layers) {
        NetworkSpec spec = SequenceNetworks.network(layers);
        float[] labels = {1, 0, 1, 1, 0, 0};
        float[] rowWeights = {1, 2, 1, 0.5f, 1, 1};
        for (int rows : new int[] {ROWS, 1}) {
            float[] inputs = SequenceNetworks.inputs(spec, ROWS, 3);
            float[] gradients = new float[9 * spec.inputs()];
            try (Engine engine = create(spec)) {
                Weights weights = shaken(engine);
                Weights without = weights.copy();
                double[] parameters = ReferenceNetwork.toDoubles(weights.parameters());
                // A larger mini-batch before must leave nothing behind.
                float[] larger = Networks.normal(9 * spec.inputs(), 8);
                engine.fit(weights.copy(), larger, new float[9], Networks.ones(9), 9, gradients);
                engine.fit(without, inputs, labels, rowWeights, rows);
                engine.fit(weights, inputs, labels, rowWeights, rows, gradients);
                assertThat(weights.parameters()).isEqualTo(without.parameters());
                assertThat(weights.updaterState()).isEqualTo(without.updaterState());
                assertClose(
                        gradients,
                        new ReferenceNetwork(spec).inputGradients(parameters, inputs, labels, rowWeights, rows, 0),
                        1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void inputGradientsAreThoseOfTheDefinition(List<LayerSpec> layers) {
        NetworkSpec spec = SequenceNetworks.network(layers);
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            float[] row = Arrays.copyOfRange(SequenceNetworks.inputs(spec, ROWS, 3), spec.inputs(), 2 * spec.inputs());
            float[] gradient = new float[spec.inputs()];
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
        NetworkSpec spec = SequenceNetworks.network(layers);
        int width = spec.inputs();
        float[] inputs = SequenceNetworks.inputs(spec, ROWS, 3);
        try (Engine engine = create(spec);
                Engine other = create(spec)) {
            Weights weights = shaken(engine);
            float[] together = new float[ROWS];
            engine.score(weights, inputs, ROWS, together);
            float[] alone = new float[1];
            for (int row = ROWS - 1; row >= 0; row--) {
                other.score(weights, Arrays.copyOfRange(inputs, row * width, (row + 1) * width), 1, alone);
                assertThat(alone[0]).isEqualTo(together[row]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void whereAndWithWhatARowIsPaddedChangesNothing(List<LayerSpec> layers) {
        NetworkSpec spec = SequenceNetworks.network(layers);
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            float[] steps = Networks.normal(2 * CHANNELS, 4);
            float[] scores = new float[4];
            float[] rows = new float[4 * spec.inputs()];
            int[][] positions = {{3, 4}, {0, 1}, {1, 3}, {0, 4}};
            for (int row = 0; row < 4; row++) {
                for (int step = 0; step < STEPS; step++) {
                    int at = row * spec.inputs() + SequenceNetworks.startOfHistory(spec) + step * (CHANNELS + 1);
                    Arrays.fill(rows, at + 1, at + CHANNELS + 1, row * 100 + step);
                }
                for (int i = 0; i < 2; i++) {
                    int at = row * spec.inputs()
                            + SequenceNetworks.startOfHistory(spec)
                            + positions[row][i] * (CHANNELS + 1);
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
        NetworkSpec spec = SequenceNetworks.network(layers);
        float[] inputs = SequenceNetworks.inputs(spec, ROWS, 3);
        try (Engine engine = create(spec);
                Engine second = create(spec)) {
            Weights uninterrupted = engine.initialWeights(3);
            Weights resumed = second.initialWeights(3);
            float first = 0;
            float last = 0;
            for (int update = 0; update < 40; update++) {
                float[] labels = {1, 0, 1, 1, 0, 0};
                last = engine.fit(uninterrupted, inputs, labels, Networks.ones(ROWS), ROWS);
                first = update == 0 ? last : first;
                Engine other = update < 15 ? second : engine;
                resumed = resumed.copy();
                other.fit(resumed, inputs, labels, Networks.ones(ROWS), ROWS);
            }
            assertThat(last).isLessThan(first);
            assertThat(resumed.parameters()).isEqualTo(uninterrupted.parameters());
            assertThat(resumed.updaterState()).isEqualTo(uninterrupted.updaterState());
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void whereAndWithWhatARowIsPaddedChangesNoUpdate(List<LayerSpec> layers) {
        NetworkSpec spec = SequenceNetworks.network(layers);
        float[] inputs = SequenceNetworks.inputs(spec, ROWS, 3);
        float[] labels = {1, 0, 1, 1, 0, 0};
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            Weights others = weights.copy();
            for (int update = 0; update < 3; update++) {
                engine.fit(weights, inputs, labels, Networks.ones(ROWS), ROWS);
                engine.fit(others, toTheFront(spec, inputs), labels, Networks.ones(ROWS), ROWS);
            }
            assertThat(others.parameters()).isEqualTo(weights.parameters());
            assertThat(others.updaterState()).isEqualTo(weights.updaterState());
        }
    }

    /** The same steps at the beginning of each row, with other padding behind them. */
    private static float[] toTheFront(NetworkSpec spec, float[] inputs) {
        float[] moved = inputs.clone();
        for (int row = 0; row < ROWS; row++) {
            int start = row * spec.inputs() + SequenceNetworks.startOfHistory(spec);
            Arrays.fill(moved, start, start + WIDTH, 99);
            int next = start;
            for (int at = start; at < start + WIDTH; at += CHANNELS + 1) {
                if (inputs[at] != 0) {
                    System.arraycopy(inputs, at, moved, next, CHANNELS + 1);
                    next += CHANNELS + 1;
                }
            }
            for (; next < start + WIDTH; next += CHANNELS + 1) {
                moved[next] = 0;
            }
        }
        return moved;
    }

    static Stream<NetworkSpec> recurrent() {
        int[][] widths = {{1, 1}, {1, 33}, {3, 7}, {7, 17}, {17, 3}, {33, 1}, {1000, 2}};
        return Arrays.stream(widths)
                .flatMap(width -> Stream.of(
                        SequenceNetworks.recurrent(width[0], new Lstm(width[1]), Pooling.LAST),
                        SequenceNetworks.recurrent(width[0], new Gru(width[1]), Pooling.MEAN)));
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void recurrentLayersOfAnyWidthAreThoseOfTheDefinition(NetworkSpec any) {
        NetworkSpec spec = Networks.with(any, new OptimizerSpec.Sgd(1));
        ReferenceNetwork reference = new ReferenceNetwork(spec);
        try (Engine engine = create(spec)) {
            for (int rows : new int[] {1, 7}) {
                Weights weights = shaken(engine);
                double[] before = ReferenceNetwork.toDoubles(weights.parameters());
                float[] inputs = SequenceNetworks.inputs(spec, rows, 5);
                float[] labels = Networks.labels(spec, inputs, rows);
                float[] scores = new float[rows];
                engine.score(weights, inputs, rows, scores);
                assertClose(scores, reference.scores(before, ReferenceNetwork.toDoubles(inputs), rows), 1e-5);
                engine.fit(weights, inputs, labels, Networks.ones(rows), rows);
                if (before.length > 3000) {
                    continue;
                }
                double[] gradient = reference.gradient(before, inputs, labels, Networks.ones(rows), rows, 0);
                for (int i = 0; i < gradient.length; i++) {
                    assertThat(before[i] - weights.parameters()[i]).isCloseTo(gradient[i], within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void aRowOfStepsScoresTheSameAloneAndInAnyGroup(NetworkSpec spec) {
        int rows = 70;
        int width = spec.inputs();
        float[] inputs = SequenceNetworks.inputs(spec, rows, 5);
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            float[] together = new float[rows];
            engine.score(weights, inputs, rows, together);
            float[] some = new float[5];
            engine.score(weights, Arrays.copyOfRange(inputs, 65 * width, rows * width), 5, some);
            assertThat(some).isEqualTo(Arrays.copyOfRange(together, 65, rows));
            for (int row = 0; row < rows; row++) {
                engine.score(weights, Arrays.copyOfRange(inputs, row * width, (row + 1) * width), 1, some);
                assertThat(some[0]).isEqualTo(together[row]);
            }
        }
    }

    @Test
    void aMiniBatchWithoutAnyStepTrainsWhatComesAfter() {
        NetworkSpec spec = Networks.with(
                SequenceNetworks.network(List.of(new Dense(3, Activation.TANH), new Lstm(4), new Pool(Pooling.LAST))),
                new OptimizerSpec.Sgd(1));
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            float[] inputs = SequenceNetworks.inputs(spec, ROWS, 3);
            engine.fit(weights, inputs, new float[ROWS], Networks.ones(ROWS), ROWS);
            float[] before = weights.parameters().clone();
            Arrays.fill(inputs, 0);
            engine.fit(weights, inputs, new float[ROWS], Networks.ones(ROWS), ROWS);
            int last = before.length - 1;
            assertThat(Arrays.copyOf(weights.parameters(), last)).isEqualTo(Arrays.copyOf(before, last));
            assertThat(weights.parameters()[last]).isNotEqualTo(before[last]);
        }
    }

    @Test
    void aSequenceWithoutAMarkHasAllItsSteps() {
        List<LayerSpec> rest = List.of(new Gru(4), new Pool(Pooling.LAST));
        NetworkSpec masked = SequenceNetworks.network(rest);
        List<LayerSpec> layers = new ArrayList<>(rest);
        layers.add(0, new Sequence(STEPS, false));
        NetworkSpec plain = Networks.with(Networks.binary(STEPS * CHANNELS, Activation.RELU), layers);
        float[] marked = Networks.normal(WIDTH, 2);
        float[] row = new float[STEPS * CHANNELS];
        for (int step = 0; step < STEPS; step++) {
            marked[step * (CHANNELS + 1)] = 1;
            System.arraycopy(marked, step * (CHANNELS + 1) + 1, row, step * CHANNELS, CHANNELS);
        }
        try (Engine engine = create(masked);
                Engine other = create(plain)) {
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
        try (Engine engine = create(spec)) {
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

    @Test
    void healthTellsDeadUnitsAndGradientsLayerByLayer() {
        NetworkSpec spec = Networks.with(
                Networks.binary(2, Activation.RELU),
                List.<LayerSpec>of(
                        new Dense(3, Activation.SIGMOID),
                        new Residual(List.of(new Dense(3, Activation.TANH))),
                        new Dense(4, Activation.RELU)));
        float[] inputs = {1, 2, -1, 0.5f};
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            Tensor bias = ParameterLayout.of(spec).tensors().get(5);
            Arrays.fill(weights.parameters(), bias.offset(), bias.endOffset(), 5);
            weights.parameters()[bias.offset()] = -100;
            Tensor first = ParameterLayout.of(spec).tensors().get(0);
            Arrays.fill(weights.parameters(), first.offset(), first.endOffset(), 30);
            weights.touch();
            engine.fit(weights.copy(), inputs, new float[] {1, 1}, Networks.ones(2), 2);
            assertThat(engine.layerHealth()).isEmpty();
            engine.watchHealth(true);
            engine.fit(weights.copy(), inputs, new float[] {1, 1}, Networks.ones(2), 2);
            List<LayerHealth> health = engine.layerHealth();
            assertThat(health).extracting(LayerHealth::stage).containsExactly(0, 1, 3, 4);
            assertThat(health.get(2).deadShare()).isEqualTo(0.25);
            assertThat(health.get(1).deadShare()).isNaN();
            assertThat(health.get(0).weightNorm()).isCloseTo(30 * Math.sqrt(6), within(1e-3));
            assertThat(health.get(0).vanishing()).isTrue();
            assertThat(health.get(3).relativeGradient()).isEqualTo(1);
            assertThat(health.get(3).vanishing()).isFalse();
            assertThat(health.get(3).exploding()).isFalse();
            engine.fit(weights.copy(), new float[] {Float.NaN, 2}, new float[] {0}, Networks.ones(1), 1);
            assertThat(engine.layerHealth()).allMatch(LayerHealth::exploding);
            engine.watchHealth(false);
            assertThat(engine.layerHealth()).isEmpty();
        }
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
