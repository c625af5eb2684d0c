package dev.millrace.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine keeps. A module that brings an engine extends this and says how one is made. */
public abstract class EngineContract {

    private static final float[] ONES = {1, 1, 1};

    /** A new engine; the suite closes it. */
    protected abstract Engine create(NetworkSpec spec);

    public static List<NetworkSpec> everyTask() {
        NetworkSpec binary = Networks.binary(5, Activation.TANH, 7, 3);
        return List.of(
                binary,
                Networks.with(binary, new LossSpec.CrossEntropy(10)),
                Networks.with(binary, new LossSpec.CrossEntropy(2, 0.1f)),
                Networks.with(binary, new LossSpec.Focal(2, 3)),
                Networks.with(binary, new LossSpec.Focal(0.5f, 1)),
                Networks.with(binary, new LossSpec.Hinge()),
                Networks.with(binary, new LossSpec.DelayedFeedback(3)),
                Networks.withTask(binary, Task.MULTICLASS, 4, new LossSpec.CrossEntropy()),
                Networks.withTask(binary, Task.MULTICLASS, 4, new LossSpec.CrossEntropy(1, 0.1f)),
                Networks.withTask(binary, Task.MULTICLASS, 4, new LossSpec.Focal()),
                Networks.withTask(binary, Task.REGRESSION, 1, new LossSpec.Huber()),
                Networks.withTask(binary, Task.REGRESSION, 1, new LossSpec.MeanSquaredError()),
                Networks.withTask(binary, Task.REGRESSION, 1, new LossSpec.MeanAbsoluteError()),
                Networks.withTask(binary, Task.RANKING, 1, new LossSpec.ListwiseSoftmax()));
    }

    public static List<OptimizerSpec> everyOptimizer() {
        return List.of(
                new OptimizerSpec.Sgd(0.05f),
                new OptimizerSpec.Momentum(0.02f),
                new OptimizerSpec.Nesterov(0.02f),
                new OptimizerSpec.Adagrad(0.05f),
                new OptimizerSpec.RmsProp(0.01f),
                new OptimizerSpec.Adam(0.01f),
                new OptimizerSpec.AdamW(0.01f),
                new OptimizerSpec.AmsGrad(0.01f),
                new OptimizerSpec.Ftrl(0.1f, 1, 1e-4f, 1e-3f),
                new OptimizerSpec.Scheduled(
                        new OptimizerSpec.Adam(0.01f),
                        new LearningRateSchedule.WarmUp(3, new LearningRateSchedule.Cosine(10, 0.1f))));
    }

    /** Every task and loss with one activation, every activation with one task. */
    private static List<NetworkSpec> everyTask(List<Activation> activations) {
        List<NetworkSpec> specs = new ArrayList<>(everyTask());
        for (Activation activation : activations) {
            specs.add(Networks.binary(5, activation, 6, 3));
        }
        return specs;
    }

    private static Activation activationOf(NetworkSpec spec) {
        return ((LayerSpec.Dense) spec.layers().get(0)).activation();
    }

    /** Every task and loss, and every one of these activations, with every optimiser. */
    public static List<NetworkSpec> everyActivationLossAndOptimizer(List<Activation> activations) {
        List<NetworkSpec> specs = new ArrayList<>();
        for (NetworkSpec task : everyTask(activations)) {
            for (OptimizerSpec optimizer : everyOptimizer()) {
                specs.add(Networks.with(task, optimizer));
            }
        }
        return specs;
    }

    @Test
    void initialWeightsAreAFunctionOfTheSeed() {
        NetworkSpec spec = Networks.binary(5, Activation.RELU, 4);
        try (Engine engine = create(spec);
                Engine other = create(spec)) {
            assertThat(engine.initialWeights(1).parameters())
                    .hasSize(engine.parameterCount())
                    .isEqualTo(other.initialWeights(1).parameters())
                    .isNotEqualTo(engine.initialWeights(2).parameters());
            assertThat(engine.initialWeights(1).updaterState())
                    .hasSize(engine.updaterStateCount())
                    .containsOnly(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,3,1", "3,1,7", "7,17,2", "17,33,5", "33,7,64", "2,64,33", "1000,3,2"})
    void scoresAreThoseOfTheDefinition(int inputs, int units, int rows) {
        for (NetworkSpec hidden : everyTask(List.of(Activation.values()))) {
            LayerSpec first = new LayerSpec.Dense(units, activationOf(hidden));
            NetworkSpec spec = withInputs(hidden, inputs, List.of(first, new LayerSpec.Dense(3, Activation.RELU)));
            float[] rowsOfInputs = Networks.normal(inputs * rows, 3);
            try (Engine engine = create(spec)) {
                Weights weights = engine.initialWeights(11);
                shiftBiases(spec, weights);
                float[] scores = new float[rows * spec.outputs()];
                engine.score(weights, rowsOfInputs, rows, scores);
                double[] expected = new ReferenceNetwork(spec)
                        .scores(
                                ReferenceNetwork.toDoubles(weights.parameters()),
                                ReferenceNetwork.toDoubles(rowsOfInputs),
                                rows);
                assertClose(scores, expected, 1e-5);
            }
        }
    }

    @Test
    void aNetworkWithoutHiddenLayersIsALinearModel() {
        NetworkSpec spec = Networks.binary(3, Activation.RELU);
        try (Engine engine = create(spec)) {
            float[] scores = new float[1];
            engine.score(new Weights(new float[] {1, 2, -1, 0.5f}, new float[8], 0), new float[] {1, 2, 3}, 1, scores);
            assertThat(scores[0]).isCloseTo((float) (1 / (1 + Math.exp(-2.5))), within(1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 17, 33})
    void aRowScoresTheSameAloneAndInAnyGroup(int width) {
        NetworkSpec spec = Networks.withTask(
                Networks.binary(width, Activation.TANH, width, 33), Task.MULTICLASS, 3, new LossSpec.CrossEntropy());
        int rows = 70;
        float[] inputs = Networks.normal(width * rows, 5);
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            float[] together = new float[rows * 3];
            engine.score(weights, inputs, rows, together);
            float[] alone = new float[3];
            for (int row = 0; row < rows; row++) {
                engine.score(weights, Arrays.copyOfRange(inputs, row * width, (row + 1) * width), 1, alone);
                assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * 3, row * 3 + 3));
            }
            float[] lastFive = new float[15];
            engine.score(weights, Arrays.copyOfRange(inputs, (rows - 5) * width, rows * width), 5, lastFive);
            assertThat(lastFive).isEqualTo(Arrays.copyOfRange(together, (rows - 5) * 3, rows * 3));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,3,1", "3,1,2", "5,7,1", "7,17,9", "17,5,33", "3,33,17"})
    void gradientsAreThoseOfTheDefinition(int inputs, int units, int rows) {
        for (NetworkSpec hidden : everyTask(List.of(Activation.values()))) {
            List<LayerSpec> layers =
                    List.of(new LayerSpec.Dense(units, activationOf(hidden)), new LayerSpec.Dense(2, Activation.TANH));
            assertGradient(Networks.with(withInputs(hidden, inputs, layers), new OptimizerSpec.Sgd(1)), rows);
        }
    }

    @Test
    void gradientsGoThroughTheDropoutMaskOfTheUpdate() {
        NetworkSpec spec = Networks.with(
                Networks.with(
                        Networks.binary(4, Activation.TANH),
                        List.<LayerSpec>of(
                                new LayerSpec.Dropout(0.2f),
                                new LayerSpec.Dense(8, Activation.TANH),
                                new LayerSpec.Dropout(0.5f),
                                new LayerSpec.Dense(5, Activation.SIGMOID),
                                new LayerSpec.Dropout(0.3f))),
                new OptimizerSpec.Sgd(1));
        assertGradient(spec, 6);
    }

    private void assertGradient(NetworkSpec spec, int rows) {
        float[] inputs = Networks.normal(spec.inputs() * rows, 3);
        float[] labels = Networks.labels(spec, inputs, rows);
        float[] rowWeights = Networks.ones(rows);
        rowWeights[rows / 2] = 2.5f;
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(11);
            shiftBiases(spec, weights);
            Weights before = new Weights(weights.parameters().clone(), new float[0], 0);
            float loss = engine.fit(weights, inputs, labels, rowWeights, rows);
            ReferenceNetwork reference = new ReferenceNetwork(spec);
            double[] parameters = ReferenceNetwork.toDoubles(before.parameters());
            assertThat((double) loss)
                    .isCloseTo(reference.loss(parameters, inputs, labels, rowWeights, rows, 0), within(1e-4));
            double[] gradient = reference.gradient(parameters, inputs, labels, rowWeights, rows, 0);
            float[] step = new float[gradient.length];
            for (int i = 0; i < step.length; i++) {
                step[i] = before.parameters()[i] - weights.parameters()[i];
            }
            assertClose(step, gradient, 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,3,5", "3,1,1", "3,7,6", "17,5,1", "17,33,4", "33,7,1", "33,17,9"})
    void whatAFitSaysOfItsInputsIsThatOfTheDefinition(int inputs, int units, int rows) {
        for (NetworkSpec hidden : everyTask(List.of(Activation.values()))) {
            List<LayerSpec> layers =
                    List.of(new LayerSpec.Dense(units, activationOf(hidden)), new LayerSpec.Dense(2, Activation.TANH));
            assertInputGradients(withInputs(hidden, inputs, layers), rows);
        }
    }

    @Test
    void whatAFitSaysOfItsInputsGoesThroughTheDropoutMaskOfTheUpdate() {
        NetworkSpec spec = Networks.with(
                Networks.binary(4, Activation.TANH),
                List.<LayerSpec>of(
                        new LayerSpec.Dropout(0.4f),
                        new LayerSpec.Dense(8, Activation.TANH),
                        new LayerSpec.Dropout(0.5f)));
        assertInputGradients(spec, 6);
    }

    @Test
    void whatAFitSaysOfTheInputsOfALinearModelIsThatOfTheDefinition() {
        assertInputGradients(Networks.binary(17, Activation.RELU), 3);
    }

    private void assertInputGradients(NetworkSpec spec, int rows) {
        float[] inputs = Networks.normal(spec.inputs() * rows, 3);
        float[] labels = Networks.labels(spec, inputs, rows);
        float[] rowWeights = Networks.ones(rows);
        rowWeights[rows / 2] = 2.5f;
        // Longer than needed: what lies beyond stays.
        float[] gradients = new float[spec.inputs() * rows + 1];
        Arrays.fill(gradients, 77);
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(11);
            shiftBiases(spec, weights);
            Weights without = weights.copy();
            double[] parameters = ReferenceNetwork.toDoubles(weights.parameters());
            float loss = engine.fit(without, inputs, labels, rowWeights, rows);
            assertThat(engine.fit(weights, inputs, labels, rowWeights, rows, gradients))
                    .isEqualTo(loss);
            assertSame(weights, without);
            double[] expected =
                    new ReferenceNetwork(spec).inputGradients(parameters, inputs, labels, rowWeights, rows, 0);
            assertClose(gradients, expected, 1e-4);
            assertThat(gradients[expected.length]).isEqualTo(77);
        }
    }

    /** The penalty is no part of it, and neither are rows that do not weigh. */
    @Test
    void whatAFitSaysOfItsInputsIsOfTheLossAlone() {
        NetworkSpec spec = Networks.binary(3, Activation.TANH, 5);
        NetworkSpec penalised = Networks.with(spec, new Regularization(0.1f, 0.1f, 1e-3f, 1e-3f, 1));
        float[] inputs = Networks.normal(6, 1);
        float[] gradients = new float[6];
        float[] ofPenalised = new float[6];
        try (Engine engine = create(spec);
                Engine other = create(penalised)) {
            Weights weights = engine.initialWeights(1);
            other.fit(weights.copy(), inputs, new float[] {1, 0}, new float[] {1, 0}, 2, ofPenalised);
            engine.fit(weights, inputs, new float[] {1, 0}, new float[] {1, 0}, 2, gradients);
            assertThat(ofPenalised).isEqualTo(gradients);
            assertThat(Arrays.copyOfRange(gradients, 3, 6)).containsOnly(0);
            assertThat(Arrays.copyOf(gradients, 3)).doesNotContain(0);
        }
    }

    /** What an embedding learned from it would be no number any more. */
    @Test
    void anUpdateWhoseInputsWouldBePoisonedIsRefused() {
        NetworkSpec spec = Networks.withTask(
                Networks.binary(1, Activation.IDENTITY), Task.REGRESSION, 1, new LossSpec.MeanSquaredError());
        try (Engine engine = create(spec)) {
            for (float weight : new float[] {1e10f, 1e35f}) {
                Weights weights = new Weights(new float[] {weight, 0}, new float[engine.updaterStateCount()], 0);
                Weights before = weights.copy();
                float[] gradient = new float[1];
                assertThat(engine.fit(weights.copy(), new float[1], new float[] {1e8f}, new float[] {1}, 1))
                        .isFinite();
                assertThat(engine.fit(weights, new float[1], new float[] {1e8f}, new float[] {1}, 1, gradient))
                        .isNaN();
                assertSame(weights, before);
            }
        }
    }

    @Test
    void inputGradientsAreThoseOfTheDefinition() {
        for (NetworkSpec spec : everyTask()) {
            try (Engine engine = create(spec)) {
                Weights weights = engine.initialWeights(4);
                float[] row = Networks.normal(spec.inputs(), 9);
                float[] gradient = new float[spec.inputs()];
                for (int output = 0; output < spec.outputs(); output++) {
                    engine.inputGradient(weights, row, output, gradient);
                    double[] expected = new ReferenceNetwork(spec)
                            .inputGradient(ReferenceNetwork.toDoubles(weights.parameters()), row, output);
                    assertClose(gradient, expected, 1e-5);
                }
            }
        }
    }

    @Test
    void contributionsToAScoreSumToTheLogOddsItAddsToTheBaseline() {
        for (Activation activation : List.of(Activation.RELU, Activation.TANH, Activation.SIGMOID)) {
            NetworkSpec spec = Networks.binary(9, activation, 17, 5);
            try (Engine engine = create(spec)) {
                Weights weights = engine.initialWeights(4);
                IntegratedGradients explanation = new IntegratedGradients(engine);
                double baseline = logOdds(engine, weights, new float[9]);
                for (int seed = 0; seed < 20; seed++) {
                    float[] row = Networks.normal(9, seed);
                    double sum = 0;
                    for (float contribution : explanation.contributions(weights, row)) {
                        sum += contribution;
                    }
                    assertThat(sum)
                            .as("%s, row %d", activation, seed)
                            .isCloseTo(logOdds(engine, weights, row) - baseline, within(0.02));
                }
            }
        }
    }

    @Test
    void ofALinearModelAnInputContributesItsWeightTimesItsValueEvenWhereTheScoreIsOne() {
        NetworkSpec spec = Networks.binary(3, Activation.RELU);
        try (Engine engine = create(spec)) {
            Weights weights = new Weights(new float[] {40, -2, 0.5f, 1}, new float[engine.updaterStateCount()], 0);
            float[] score = new float[1];
            engine.score(weights, new float[] {2, 1, -4}, 1, score);
            assertThat(score).containsExactly(1f);
            assertThat(new IntegratedGradients(engine).contributions(weights, new float[] {2, 1, -4}))
                    .containsExactly(80, -2, -2);
        }
    }

    @Test
    void onlyBinaryScoresHaveLogOdds() {
        NetworkSpec spec = everyTask().stream()
                .filter(task -> task.task() == Task.MULTICLASS)
                .findFirst()
                .orElseThrow();
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(4);
            float[] row = new float[spec.inputs()];
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.inputGradient(weights, row, Engine.LOG_ODDS, row.clone()))
                    .withMessageContaining("MULTICLASS");
            assertThatIllegalArgumentException().isThrownBy(() -> new IntegratedGradients(engine));
        }
    }

    private static double logOdds(Engine engine, Weights weights, float[] row) {
        float[] score = new float[1];
        engine.score(weights, row, 1, score);
        return StrictMath.log(score[0] / (1.0 - score[0]));
    }

    @Test
    void theSameInputGivesTheSameWeightsInANewEngine() {
        NetworkSpec spec = withDropout(Networks.binary(9, Activation.RELU, 17, 5));
        assertThat(trained(spec, 20, 13)).isEqualTo(trained(spec, 20, 13));
    }

    @ParameterizedTest
    @MethodSource("everyOptimizer")
    void trainingGoesOnFromCopiedWeightsAsIfNeverInterrupted(OptimizerSpec optimizer) {
        NetworkSpec spec = Networks.with(withDropout(Networks.binary(9, Activation.RELU, 17)), optimizer);
        float[] inputs = Networks.normal(9 * 10 * 16, 1);
        float[] labels = Networks.labels(spec, inputs, 160);
        try (Engine engine = create(spec);
                Engine second = create(spec)) {
            Weights uninterrupted = engine.initialWeights(1);
            Weights resumed = engine.initialWeights(1);
            fit(engine, uninterrupted, inputs, labels, 0, 10);
            fit(engine, resumed, inputs, labels, 0, 5);
            Weights copy = resumed.copy();
            fit(engine, resumed, inputs, labels, 9, 10);
            fit(second, copy, inputs, labels, 5, 10);
            assertSame(copy, uninterrupted);
        }
    }

    @Test
    void oneEngineServesManyWeightsInTurns() {
        NetworkSpec spec = Networks.binary(9, Activation.RELU, 17);
        float[] inputs = Networks.normal(9 * 10 * 16, 1);
        float[] labels = Networks.labels(spec, inputs, 160);
        float[] score = new float[1];
        try (Engine engine = create(spec);
                Engine other = create(spec)) {
            Weights first = engine.initialWeights(1);
            Weights second = engine.initialWeights(2);
            Weights alone = other.initialWeights(2);
            for (int batch = 0; batch < 10; batch++) {
                fit(engine, first, inputs, labels, batch, batch + 1);
                engine.score(second, inputs, 1, score);
                fit(engine, second, inputs, labels, 9 - batch, 10 - batch);
                engine.score(first, inputs, 1, score);
                fit(other, alone, inputs, labels, 9 - batch, 10 - batch);
            }
            assertSame(second, alone);
        }
    }

    @Test
    void changedWeightsCountOnceTheyAreTouched() {
        NetworkSpec spec = Networks.binary(1, Activation.RELU);
        try (Engine engine = create(spec)) {
            Weights weights = new Weights(new float[] {0, 0}, new float[4], 0);
            float[] score = new float[1];
            engine.score(weights, new float[] {1}, 1, score);
            assertThat(score[0]).isEqualTo(0.5f);
            weights.parameters()[1] = 100;
            weights.touch();
            engine.score(weights, new float[] {1}, 1, score);
            assertThat(score[0]).isEqualTo(1);
        }
    }

    @Test
    void batchesOfAnySizeFollowEachOther() {
        NetworkSpec spec = withDropout(Networks.binary(3, Activation.RELU, 7));
        try (Engine engine = create(spec);
                Engine fresh = create(spec)) {
            Weights weights = engine.initialWeights(1);
            float[] inputs = Networks.normal(3 * 64, 2);
            float[] labels = Networks.labels(spec, inputs, 64);
            for (int rows : new int[] {1, 64, 2, 33, 1, 7}) {
                Weights copy = weights.copy();
                engine.fit(weights, inputs, labels, Networks.ones(64), rows);
                fresh.fit(copy, inputs, labels, Networks.ones(64), rows);
                assertSame(copy, weights);
            }
        }
    }

    @Test
    void aRowOfZeroWeightChangesNothingButTheMean() {
        NetworkSpec spec = Networks.with(Networks.binary(3, Activation.TANH, 5), new OptimizerSpec.Sgd(1));
        float[] inputs = Networks.normal(3 * 4, 2);
        float[] labels = {1, 0, 1, 0};
        try (Engine engine = create(spec)) {
            Weights three = engine.initialWeights(1);
            Weights four = engine.initialWeights(1);
            float lossOfThree = engine.fit(three, inputs, labels, new float[] {1, 1, 1}, 3);
            float lossOfFour = engine.fit(four, inputs, labels, new float[] {1, 1, 1, 0}, 4);
            assertThat(lossOfFour).isCloseTo(lossOfThree * 3 / 4, within(1e-6f));
            float[] initial = engine.initialWeights(1).parameters();
            for (int i = 0; i < initial.length; i++) {
                float expected = initial[i] + (three.parameters()[i] - initial[i]) * 3 / 4;
                assertThat(four.parameters()[i]).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void countsUpdates() {
        NetworkSpec spec = Networks.binary(3, Activation.RELU, 7);
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            long generation = weights.generation();
            engine.fit(weights, Networks.normal(6, 1), new float[] {0, 1}, Networks.ones(2), 2);
            assertThat(weights.updates()).isEqualTo(1);
            assertThat(weights.generation()).isNotEqualTo(generation);
        }
    }

    @Test
    void learnsXor() {
        NetworkSpec spec = Networks.with(Networks.binary(2, Activation.TANH, 8), new OptimizerSpec.Adam(0.05f));
        float[] inputs = {0, 0, 0, 1, 1, 0, 1, 1};
        float[] labels = {0, 1, 1, 0};
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(3);
            for (int i = 0; i < 300; i++) {
                engine.fit(weights, inputs, labels, Networks.ones(4), 4);
            }
            float[] scores = new float[4];
            engine.score(weights, inputs, 4, scores);
            assertThat(scores[0]).isLessThan(0.1f);
            assertThat(scores[1]).isGreaterThan(0.9f);
            assertThat(scores[2]).isGreaterThan(0.9f);
            assertThat(scores[3]).isLessThan(0.1f);
        }
    }

    @ParameterizedTest
    @MethodSource("everyTask")
    void theLossFallsOnATaskThatCanBeLearned(NetworkSpec spec) {
        int rows = 64;
        float[] inputs = Networks.normal(spec.inputs() * rows, 1);
        float[] labels = Networks.labels(spec, inputs, rows);
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            float first = engine.fit(weights, inputs, labels, Networks.ones(rows), rows);
            float last = first;
            for (int i = 0; i < 150; i++) {
                last = engine.fit(weights, inputs, labels, Networks.ones(rows), rows);
            }
            assertThat(last).isLessThan(0.7f * first);
        }
    }

    @Test
    void everyActivationLossAndOptimizerStaysFinite() {
        for (NetworkSpec spec : everyActivationLossAndOptimizer(List.of(Activation.values()))) {
            float[] inputs = Networks.normal(spec.inputs() * 9, 1);
            float[] labels = Networks.labels(spec, inputs, 9);
            try (Engine engine = create(spec)) {
                Weights weights = engine.initialWeights(1);
                for (int i = 0; i < 5; i++) {
                    assertThat(engine.fit(weights, inputs, labels, Networks.ones(9), 9))
                            .as("loss of %s", spec)
                            .isFinite();
                }
                assertFinite(weights);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {50, 1e4f, 1e10f})
    void extremeSumsGiveFiniteLossesAndGradientsThatPullBack(float extreme) {
        for (NetworkSpec task : everyTask()) {
            if (task.task() == Task.RANKING) {
                continue; // A list of one row has no loss: see the next test.
            }
            NetworkSpec spec = Networks.with(withInputs(task, 1, List.of()), new OptimizerSpec.Sgd(1));
            for (float sign : new float[] {1, -1}) {
                try (Engine engine = create(spec)) {
                    Weights weights = new Weights(new float[engine.parameterCount()], new float[0], 0);
                    weights.parameters()[0] = sign * extreme;
                    weights.touch();
                    float[] score = new float[spec.outputs()];
                    engine.score(weights, new float[] {1}, 1, score);
                    for (float value : score) {
                        assertThat(value).isFinite();
                    }
                    float label = spec.task() == Task.MULTICLASS ? (sign > 0 ? 1 : 0) : sign > 0 ? 0 : 1;
                    float loss = engine.fit(weights, new float[] {1}, new float[] {label}, new float[] {1}, 1);
                    assertThat(loss).isFinite().isGreaterThan(extreme / 2);
                    float bias = weights.parameters()[spec.outputs()];
                    assertThat(bias * sign).as("bias of %s", spec).isLessThanOrEqualTo(-0.9f);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {50, 1e4f, 1e10f})
    void extremeSumsOfListsGiveFiniteLossesAndGradientsThatPullBack(float extreme) {
        NetworkSpec spec = Networks.with(withInputs(ranking(), 1, List.of()), new OptimizerSpec.Sgd(1));
        for (float sign : new float[] {1, -1}) {
            try (Engine engine = create(spec)) {
                Weights weights = new Weights(new float[] {sign * extreme, 0}, new float[0], 0);
                float loss = engine.fit(weights, new float[] {-sign, 0, sign}, new float[] {1, 0, 0}, ONES, 3);
                assertThat(loss).isFinite().isGreaterThan(extreme);
                // The last row has all of the probability, the first all of the pull: two units apart.
                assertThat(weights.parameters()).containsExactly(sign * extreme - sign * 2, 0);
            }
        }
    }

    @Test
    void aListOfOneRowTeachesNothing() {
        NetworkSpec spec = Networks.with(ranking(), new OptimizerSpec.Sgd(1));
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            float[] before = weights.parameters().clone();
            float[] gradients = new float[2 * spec.inputs()];
            float[] inputs = Networks.normal(2 * spec.inputs(), 1);
            assertThat(engine.fit(weights, inputs, new float[] {1, 1}, ONES, 2, gradients))
                    .isZero();
            assertThat(weights.parameters()).isEqualTo(before);
            assertThat(gradients).containsOnly(0);
            assertThat(weights.updates()).isEqualTo(1);
        }
    }

    /** The mean is over lists, whatever their length. */
    @Test
    void aListHasTheWeightOfItsFirstRow() {
        NetworkSpec spec = Networks.with(ranking(), new OptimizerSpec.Sgd(1));
        int width = spec.inputs();
        float[] inputs = Networks.normal(5 * width, 3);
        float[] labels = {1, 0, 0, 1, 0};
        float[] firstAlone = new float[5 * width];
        float[] both = new float[5 * width];
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            float lossAlone = engine.fit(weights.copy(), inputs, labels, ONES, 3, firstAlone);
            float[] rowWeights = {3, 9, 9, 0, 9};
            float loss = engine.fit(weights.copy(), inputs, labels, rowWeights, 5, both);
            assertThat(loss).isCloseTo(1.5f * lossAlone, within(1e-6f));
            for (int i = 0; i < both.length; i++) {
                assertThat(both[i]).isCloseTo(i < 3 * width ? 1.5f * firstAlone[i] : 0, within(1e-6f));
            }
        }
    }

    @Test
    void aMiniBatchOfListsBeginsWithOne() {
        NetworkSpec spec = ranking();
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            for (float wrong : new float[] {0, 0.5f, -1, 2, Float.NaN}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> engine.fit(
                                weights, new float[spec.inputs() * 2], new float[] {wrong, 0}, new float[] {1, 1}, 2))
                        .withMessageContaining("labels[0]")
                        .withMessageContaining("begin each list with its 1");
            }
            assertThat(weights.updates()).isZero();
        }
    }

    private static NetworkSpec ranking() {
        return everyTask().stream()
                .filter(spec -> spec.task() == Task.RANKING)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f})
    void anUpdateThatWouldPoisonTheWeightsIsRefused(float poison) {
        for (OptimizerSpec optimizer : everyOptimizer()) {
            NetworkSpec spec = Networks.with(
                    Networks.withTask(
                            Networks.binary(2, Activation.IDENTITY, 3),
                            Task.REGRESSION,
                            1,
                            new LossSpec.MeanSquaredError()),
                    optimizer);
            try (Engine engine = create(spec)) {
                Weights weights = engine.initialWeights(1);
                shiftBiases(spec, weights);
                engine.fit(weights, new float[] {1, 1}, new float[] {1}, new float[] {1}, 1);
                Weights before = weights.copy();
                assertThat(engine.fit(
                                weights, new float[] {1, 1, poison, poison}, new float[] {1, 1}, new float[] {1, 1}, 2))
                        .isNaN();
                assertSame(weights, before);
                assertThat(engine.fit(weights, new float[] {1, 1}, new float[] {1}, new float[] {1}, 1))
                        .isFinite();
                assertThat(weights.updates()).isEqualTo(2);
            }
        }
    }

    @Test
    void aDivergingModelKeepsFiniteWeights() {
        for (OptimizerSpec optimizer : everyOptimizer()) {
            NetworkSpec spec = Networks.with(
                    Networks.withTask(
                            Networks.binary(3, Activation.RELU, 5),
                            Task.REGRESSION,
                            1,
                            new LossSpec.MeanSquaredError()),
                    optimizer.withLearningRate(90));
            float[] inputs = Networks.normal(3 * 8, 1);
            float[] labels = Networks.labels(spec, inputs, 8);
            try (Engine engine = create(spec)) {
                Weights weights = engine.initialWeights(1);
                for (int i = 0; i < 100; i++) {
                    engine.fit(weights, inputs, labels, Networks.ones(8), 8);
                }
                assertFinite(weights);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void labelsThatAreNoneOfTheTaskAreRefused(Task task) {
        NetworkSpec spec = everyTask().stream()
                .filter(candidate -> candidate.task() == task)
                .findFirst()
                .orElseThrow();
        float wrong =
                switch (task) {
                    case BINARY -> 2;
                    case MULTICLASS -> 1.5f;
                    case REGRESSION -> Float.NaN;
                    case RANKING -> 0.5f;
                };
        float right = task == Task.RANKING ? 1 : 0;
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            assertThatThrownBy(() -> engine.fit(
                            weights, new float[spec.inputs() * 2], new float[] {right, wrong}, new float[] {1, 1}, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("labels[1]")
                    .hasMessageContaining(String.valueOf(wrong));
            assertThat(weights.updates()).isZero();
        }
    }

    @Test
    void dropoutDoesNothingWhenScoring() {
        NetworkSpec plain = Networks.binary(4, Activation.RELU, 8);
        NetworkSpec dropping = withDropout(plain);
        float[] inputs = Networks.normal(4 * 5, 1);
        float[] scores = new float[5];
        float[] scoresWithDropout = new float[5];
        try (Engine engine = create(plain);
                Engine other = create(dropping)) {
            Weights weights = engine.initialWeights(1);
            engine.score(weights, inputs, 5, scores);
            // Training leaves its masks behind in the engine; they must not show.
            other.fit(other.initialWeights(9), inputs, new float[5], Networks.ones(5), 5);
            other.score(weights, inputs, 5, scoresWithDropout);
            assertThat(scoresWithDropout).isEqualTo(scores);
        }
    }

    private float[] trained(NetworkSpec spec, int batches, int rows) {
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            for (int batch = 0; batch < batches; batch++) {
                float[] inputs = Networks.normal(spec.inputs() * rows, batch);
                engine.fit(weights, inputs, Networks.labels(spec, inputs, rows), Networks.ones(rows), rows);
            }
            return weights.parameters();
        }
    }

    /** Batches of 16 rows. */
    private static void fit(Engine engine, Weights weights, float[] inputs, float[] labels, int from, int to) {
        int width = engine.spec().inputs();
        for (int batch = from; batch < to; batch++) {
            float[] rows = Arrays.copyOfRange(inputs, batch * 16 * width, (batch + 1) * 16 * width);
            engine.fit(weights, rows, Arrays.copyOfRange(labels, batch * 16, (batch + 1) * 16), Networks.ones(16), 16);
        }
    }

    private static NetworkSpec withDropout(NetworkSpec spec) {
        List<LayerSpec> layers = new ArrayList<>(spec.layers());
        layers.add(1, new LayerSpec.Dropout(0.3f));
        return Networks.with(spec, layers);
    }

    private static NetworkSpec withInputs(NetworkSpec spec, int inputs, List<LayerSpec> layers) {
        return new NetworkSpec(
                inputs,
                spec.task(),
                spec.outputs(),
                layers,
                spec.loss(),
                spec.optimizer(),
                spec.regularization(),
                spec.seed(),
                spec.engine());
    }

    /** Biases start at 0, where a mistake in them would not show. */
    private static void shiftBiases(NetworkSpec spec, Weights weights) {
        for (ParameterLayout.Block block :
                ParameterLayout.blocks(ParameterLayout.of(spec).stages())) {
            for (int unit = 0; unit < block.units(); unit++) {
                weights.parameters()[block.biasOffset() + unit] = 0.1f * (unit % 3 + 1);
            }
        }
        weights.touch();
    }

    private static void assertClose(float[] actual, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("element %d of %d", i, expected.length)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static void assertSame(Weights actual, Weights expected) {
        assertThat(actual.parameters()).isEqualTo(expected.parameters());
        assertThat(actual.updaterState()).isEqualTo(expected.updaterState());
        assertThat(actual.updates()).isEqualTo(expected.updates());
    }

    private static void assertFinite(Weights weights) {
        for (float value : weights.parameters()) {
            assertThat(value).isFinite();
        }
        for (float value : weights.updaterState()) {
            assertThat(value).isFinite();
        }
    }
}
