package dev.millrace.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.LayerSpec.Branch;
import dev.millrace.networks.LayerSpec.Branches;
import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.LayerSpec.Join;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine keeps of the joins of branches. A module that brings an engine extends this and says how one is made. */
public abstract class JoinContract {

    /** A new engine; the suite closes it. */
    protected abstract Engine create(NetworkSpec spec);

    static List<NetworkSpec> networks() {
        return JoinNetworks.all();
    }

    @Test
    void theProductComesFirstThenTheRest() {
        assertScore(
                new Branches(List.of(branch("a", 2), Branch.rest(1), branch("b", 2)), Join.DOT), 100 * (3 - 8) + 50);
        assertScore(
                new Branches(
                        List.of(Branch.rest(1), branch("a", 1), branch("b", 1), branch("c", 1), Branch.rest(1)),
                        Join.FM),
                100 * (2 * 5 + 2 * 3 + 5 * 3) + 10 * 1 - 4);
    }

    /** Inputs 1, 2, 5, 3, −4; sums weigh 100, 10, 1. */
    private void assertScore(Branches branches, float expected) {
        NetworkSpec spec = regression(branches);
        try (Engine engine = create(spec)) {
            float[] parameters = new float[engine.parameterCount()];
            System.arraycopy(new float[] {100, 10, 1}, 0, parameters, 0, parameters.length - 1);
            Weights weights = new Weights(parameters, new float[engine.updaterStateCount()], 0);
            float[] score = new float[1];
            engine.score(weights, new float[] {1, 2, 5, 3, -4}, 1, score);
            assertThat(score).containsExactly(expected);
        }
    }

    private static NetworkSpec regression(Branches branches) {
        return Networks.withTask(
                Networks.with(Networks.binary(5, Activation.RELU), List.<LayerSpec>of(branches)),
                Task.REGRESSION,
                1,
                new LossSpec.MeanSquaredError());
    }

    private static Branch branch(String name, int inputs) {
        return new Branch(name, inputs, List.of());
    }

    /** What lies beside a large vector is not lost in a difference of sums. */
    @Test
    void derivativesAreExactHoweverUnequalTheVectors() {
        NetworkSpec spec = regression(new Branches(List.of(branch("a", 2), branch("b", 2), Branch.rest(1)), Join.DOT));
        try (Engine engine = create(spec)) {
            Weights weights = new Weights(new float[] {1, 0, 0}, new float[engine.updaterStateCount()], 0);
            float[] gradient = new float[5];
            engine.inputGradient(weights, new float[] {1e12f, -3e9f, 0.1f, 7, 1}, 0, gradient);
            assertThat(gradient).containsExactly(0.1f, 7, 1e12f, -3e9f, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void scoresAreThoseOfTheDefinition(NetworkSpec spec) {
        int rows = 70;
        int width = spec.inputs();
        float[] inputs = inputs(spec, rows);
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            float[] together = new float[rows * spec.outputs()];
            engine.score(weights, inputs, rows, together);
            double[] expected = new ReferenceNetwork(spec)
                    .scores(ReferenceNetwork.toDoubles(weights.parameters()), ReferenceNetwork.toDoubles(inputs), rows);
            assertClose(together, expected, 1e-5);
            float[] alone = new float[spec.outputs()];
            for (int row = 0; row < rows; row++) {
                engine.score(weights, Arrays.copyOfRange(inputs, row * width, (row + 1) * width), 1, alone);
                assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * alone.length, (row + 1) * alone.length));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsOfWeightsAndInputsAreThoseOfTheDefinition(NetworkSpec any) {
        NetworkSpec spec = Networks.with(any, new OptimizerSpec.Sgd(1));
        ReferenceNetwork reference = new ReferenceNetwork(spec);
        try (Engine engine = create(spec)) {
            for (int rows : new int[] {7, 1}) {
                float[] inputs = inputs(spec, rows);
                float[] labels = Networks.labels(spec, inputs, rows);
                float[] rowWeights = Networks.ones(rows);
                rowWeights[rows / 2] = 2.5f;
                Weights weights = shaken(engine);
                double[] before = ReferenceNetwork.toDoubles(weights.parameters());
                Weights without = weights.copy();
                float[] inputGradients = new float[rows * spec.inputs()];
                float loss = engine.fit(weights, inputs, labels, rowWeights, rows, inputGradients);
                engine.fit(without, inputs, labels, rowWeights, rows);
                assertThat((double) loss)
                        .isCloseTo(reference.loss(before, inputs, labels, rowWeights, rows, 0), within(1e-4));
                assertThat(without.parameters()).isEqualTo(weights.parameters());
                float[] step = new float[before.length];
                for (int i = 0; i < step.length; i++) {
                    step[i] = (float) (before[i] - weights.parameters()[i]);
                }
                assertClose(step, reference.gradient(before, inputs, labels, rowWeights, rows, 0), 1e-4);
                assertClose(
                        inputGradients, reference.inputGradients(before, inputs, labels, rowWeights, rows, 0), 1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void inputGradientsOfScoresAreThoseOfTheDefinition(NetworkSpec spec) {
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            float[] row = inputs(spec, 1);
            float[] gradient = new float[spec.inputs()];
            for (int output = 0; output < spec.outputs(); output++) {
                engine.inputGradient(weights, row, output, gradient);
                double[] parameters = ReferenceNetwork.toDoubles(weights.parameters());
                assertClose(gradient, new ReferenceNetwork(spec).inputGradient(parameters, row, output), 1e-4);
            }
        }
    }

    /** Along the line to a and b their product grows with the square: each has half of it, factor by factor. */
    @Test
    void partnersOfAProductShareIt() {
        NetworkSpec spec = Networks.with(
                Networks.binary(5, Activation.RELU),
                List.<LayerSpec>of(new Branches(List.of(branch("a", 2), branch("b", 2), Branch.rest(1)), Join.DOT)));
        try (Engine engine = create(spec)) {
            Weights weights = new Weights(new float[] {3, 0.5f, 1}, new float[engine.updaterStateCount()], 0);
            float[] contributions =
                    new IntegratedGradients(engine).contributions(weights, new float[] {1, -2, 4, 0.5f, 8});
            assertThat(contributions).containsExactly(new float[] {6, -1.5f, 6, -1.5f, 4}, within(1e-5f));
        }
    }

    @Test
    void contributionsToTheScoreOfAMachineSumToItsLogOdds() {
        NetworkSpec spec = JoinNetworks.deep(3, 5);
        try (Engine engine = create(spec)) {
            Weights weights = shaken(engine);
            IntegratedGradients explanation = new IntegratedGradients(engine);
            for (int seed = 0; seed < 20; seed++) {
                float[] row = Networks.normal(spec.inputs(), seed);
                double sum = 0;
                for (float contribution : explanation.contributions(weights, row)) {
                    sum += contribution;
                }
                double expected = logOdds(engine, weights, row) - logOdds(engine, weights, new float[spec.inputs()]);
                assertThat(sum).isCloseTo(expected, within(0.02));
            }
        }
    }

    private static double logOdds(Engine engine, Weights weights, float[] row) {
        float[] score = new float[1];
        engine.score(weights, row, 1, score);
        return StrictMath.log(score[0] / (1.0 - score[0]));
    }

    @Test
    void healthTellsOfTheLayersBesideAJoin() {
        NetworkSpec spec = Networks.with(
                Networks.binary(4, Activation.RELU),
                List.<LayerSpec>of(new Branches(
                        List.of(new Branch("a", 2, List.of(new Dense(2, Activation.TANH))), branch("b", 2)),
                        Join.FM,
                        List.of(new Dense(4, Activation.RELU)))));
        try (Engine engine = create(spec)) {
            engine.watchHealth(true);
            Weights weights = engine.initialWeights(1);
            // The first unit of the layer beside the join is dead.
            ParameterLayout.Tensor bias = ParameterLayout.of(spec).tensors().get(3);
            weights.parameters()[bias.offset()] = -100;
            weights.touch();
            engine.fit(weights, Networks.normal(8, 1), new float[] {1, 0}, Networks.ones(2), 2);
            List<LayerHealth> health = engine.layerHealth();
            // Each branch and the layers beside the join count one.
            assertThat(health).extracting(LayerHealth::stage).containsExactly(0, 3, 6);
            assertThat(health.get(1).deadShare()).isGreaterThanOrEqualTo(0.25);
            assertThat(health).allMatch(layer -> layer.gradientNorm() > 0 && layer.weightNorm() > 0);
        }
    }

    /** A rating is a user's taste times an item's: that no linear model learns. */
    @Test
    void machineLearnsAProduct() {
        NetworkSpec spec = Networks.with(JoinNetworks.machine(2, 3), new OptimizerSpec.Adam(0.05f));
        int rows = 64;
        float[] inputs = Networks.normal(rows * spec.inputs(), 4);
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            int at = row * spec.inputs();
            double product = 0;
            for (int f = 0; f < 3; f++) {
                product += inputs[at + f] * inputs[at + 6 + f];
            }
            labels[row] = product > 0 ? 1 : 0;
        }
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(1);
            float loss = 1;
            for (int update = 0; update < 300; update++) {
                loss = engine.fit(weights, inputs, labels, Networks.ones(rows), rows);
            }
            assertThat(loss).isLessThan(0.15f);
        }
    }

    /** Vectors so short that products stay near 1. */
    private static float[] inputs(NetworkSpec spec, int rows) {
        float[] inputs = Networks.normal(rows * spec.inputs(), 3);
        float scale = (float) (1 / Math.sqrt(Math.sqrt(spec.inputs())));
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] *= scale;
        }
        return inputs;
    }

    /** Biases off 0, where a mistake in them would not show. */
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
            assertThat((double) actual[i])
                    .as("element %d", i)
                    .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
