package dev.millrace.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.LayerSpec.Dropout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkSpecTest {

    private static final NetworkSpec VALID = Networks.binary(4, Activation.RELU, 8);

    static Stream<Arguments> mistakes() {
        LossSpec entropy = new LossSpec.CrossEntropy();
        return Stream.of(
                mistake("model.inputs", "got 0", () -> Networks.binary(0, Activation.RELU)),
                mistake("model.outputs", "got 2", () -> Networks.withTask(VALID, Task.BINARY, 2, entropy)),
                mistake("model.outputs", "got 1", () -> Networks.withTask(VALID, Task.MULTICLASS, 1, entropy)),
                mistake("model.loss", "MeanSquaredError", () -> Networks.with(VALID, new LossSpec.MeanSquaredError())),
                mistake("model.loss", "CrossEntropy", () -> Networks.withTask(VALID, Task.REGRESSION, 1, entropy)),
                mistake(
                        "positive-weight",
                        "got 2.0",
                        () -> Networks.withTask(VALID, Task.MULTICLASS, 3, new LossSpec.CrossEntropy(2))),
                mistake(
                        "model.layers[1]",
                        "one with the joint rate",
                        () -> Networks.with(VALID, List.<LayerSpec>of(new Dropout(0.1f), new Dropout(0.1f)))),
                mistake("model.layers", "narrower", () -> Networks.binary(1_000_000, Activation.RELU, 1_000_000)),
                mistake("dense.units", "got 0", () -> new Dense(0, Activation.RELU)),
                mistake("dropout.rate", "got 1.0", () -> new Dropout(1)),
                mistake("dropout.rate", "got NaN", () -> new Dropout(Float.NaN)),
                mistake("cross-entropy.positive-weight", "got 0.0", () -> new LossSpec.CrossEntropy(0)),
                mistake("cross-entropy.label-smoothing", "got 1.0", () -> new LossSpec.CrossEntropy(1, 1)),
                mistake("focal.gamma", "got -1.0", () -> new LossSpec.Focal(-1, 1)),
                mistake("focal.positive-weight", "got NaN", () -> new LossSpec.Focal(2, Float.NaN)),
                mistake("huber.delta", "got 0.0", () -> new LossSpec.Huber(0)),
                mistake(
                        "model.loss",
                        "Hinge",
                        () -> Networks.withTask(VALID, Task.MULTICLASS, 3, new LossSpec.Hinge())),
                mistake("ams-grad.beta2", "got 1.0", () -> new OptimizerSpec.AmsGrad(0.1f, 0.9f, 1, 1e-8f)),
                mistake("ftrl.beta", "got 0.0", () -> new OptimizerSpec.Ftrl(0.1f, 0, 0, 0)),
                mistake("ftrl.l1", "got -1.0", () -> new OptimizerSpec.Ftrl(0.1f, 1, -1, 0)),
                mistake(
                        "schedule",
                        "Ftrl",
                        () -> new OptimizerSpec.Scheduled(
                                new OptimizerSpec.Ftrl(1), new LearningRateSchedule.Constant())),
                mistake("step.factor", "got 2.0", () -> new LearningRateSchedule.Step(2, 1)),
                mistake("exponential.every", "got 0", () -> new LearningRateSchedule.Exponential(0.5f, 0)),
                mistake("inverse.power", "got 0.0", () -> new LearningRateSchedule.Inverse(1, 0)),
                mistake("cosine.floor", "got -0.1", () -> new LearningRateSchedule.Cosine(1, -0.1f)),
                mistake(
                        "warm-up",
                        "got 0",
                        () -> new LearningRateSchedule.WarmUp(0, new LearningRateSchedule.Constant())),
                mistake(
                        "initial-weights.hidden",
                        "ZEROS",
                        () -> new InitialWeights(WeightInitializer.ZEROS, WeightInitializer.AUTO)),
                mistake(
                        "regularization.max-norm",
                        "got 1.0",
                        () -> Networks.with(
                                Networks.with(VALID, new OptimizerSpec.Ftrl(1)), new Regularization(0, 0, 0, 0, 1))),
                mistake("regularization.max-norm", "got -1.0", () -> new Regularization(0, 0, 0, 0, -1)),
                mistake("sgd.learning-rate", "got 0.0", () -> new OptimizerSpec.Sgd(0)),
                mistake("adam.learning-rate", "got NaN", () -> new OptimizerSpec.Adam(Float.NaN)),
                mistake("momentum.momentum", "got 1.0", () -> new OptimizerSpec.Momentum(0.1f, 1)),
                mistake("nesterov.momentum", "got -1.0", () -> new OptimizerSpec.Nesterov(0.1f, -1)),
                mistake("adagrad.epsilon", "got 0.0", () -> new OptimizerSpec.Adagrad(0.1f, 0)),
                mistake("rms-prop.decay", "got 1.0", () -> new OptimizerSpec.RmsProp(0.1f, 1, 1e-8f)),
                mistake("adam.beta1", "got 1.0", () -> new OptimizerSpec.Adam(0.1f, 1, 0.9f, 1e-8f)),
                mistake("adam.beta2", "got 1.0", () -> new OptimizerSpec.Adam(0.1f, 0.9f, 1, 1e-8f)),
                mistake("adam-w.weight-decay", "got 20.0", () -> new OptimizerSpec.AdamW(0.1f, 20)),
                mistake("regularization.l1", "got -1.0", () -> new Regularization(-1, 0, 0, 0)),
                mistake("regularization.l2", "got 2.0", () -> new Regularization(0, 2, 0, 0)),
                mistake("regularization.clip-value", "got NaN", () -> new Regularization(0, 0, Float.NaN, 0)),
                mistake("regularization.clip-norm", "got -1.0", () -> new Regularization(0, 0, 0, -1)));
    }

    private static Arguments mistake(String key, String detail, Supplier<Object> mistake) {
        return Arguments.of(key, detail, mistake);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsNamedWithItsValue(String key, String detail, Supplier<Object> mistake) {
        assertThatThrownBy(mistake::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(detail);
    }

    @Test
    void survivesJavaSerialization() throws Exception {
        NetworkSpec spec = Networks.with(
                VALID,
                List.<LayerSpec>of(new Dense(8, Activation.RELU), new Dropout(0.5f), new Dense(4, Activation.TANH)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(spec);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(input.readObject()).isEqualTo(spec);
        }
    }

    @Test
    void sequencesMustFitTheLayersAroundThem() {
        LayerSpec.Sequence sequence = new LayerSpec.Sequence(2, false);
        LayerSpec pool = new LayerSpec.Pool(LayerSpec.Pooling.LAST);
        assertRefused("model.layers[0].lstm", "flat vector of 4", new LayerSpec.Lstm(3));
        assertRefused("model.layers[0].pool", "must come after a sequence", pool);
        assertRefused("model.layers must end in a flat vector", "2 steps of 2", sequence);
        assertRefused("model.layers[0].sequence.steps", "got 3", new LayerSpec.Sequence(3, false), pool);
        assertRefused("model.layers[0].sequence.steps", "got 4", new LayerSpec.Sequence(4, true), pool);
        assertRefused(
                "model.layers[1].sequence.mask",
                "put the sequence first",
                new Dropout(0.1f),
                new LayerSpec.Sequence(2, true),
                pool);
        assertRefused("model.layers[1].sequence", "must come first", sequence, sequence, pool);
        assertRefused(
                "model.layers[1].residual",
                "2 steps of 2 and 2 steps of 3",
                sequence,
                new LayerSpec.Residual(List.of(new LayerSpec.Gru(3))),
                pool);
        assertRefused("model.layers", "narrower", sequence, new LayerSpec.Lstm(Integer.MAX_VALUE / 2), pool);
        assertThatThrownBy(() -> new LayerSpec.Attention(2, 5)).hasMessageContaining("attention.units");
        assertThatThrownBy(() -> new LayerSpec.Residual(List.of())).hasMessageContaining("residual.layers");
        assertThatThrownBy(() -> new LayerSpec.Lstm(0)).hasMessageContaining("lstm.units");
    }

    @Test
    void branchesTakeTheWholeRowAndEndFlat() {
        LayerSpec.Branch rest = new LayerSpec.Branch("rest", 2, List.of());
        LayerSpec sequence = new LayerSpec.Sequence(1, true);
        LayerSpec pool = new LayerSpec.Pool(LayerSpec.Pooling.LAST);
        assertRefused("model.branches must take the 4 inputs", "2 by rest", branches(rest));
        assertRefused("model.branches.history", "1 steps of 1", branches(rest, history(sequence)));
        assertRefused(
                "model.branches.history[0].lstm", "flat vector of 2", branches(rest, history(new LayerSpec.Lstm(1))));
        assertRefused(
                "model.branches.history[1].sequence.mask",
                "put the sequence first",
                branches(rest, history(new Dense(2, Activation.RELU), sequence, pool)));
        assertRefused(
                "model.layers[1] must not be branches",
                "got branches (2 | 2)",
                new Dropout(0.1f),
                branches(rest, rest));
        assertRefused("model.layers[0].pool", "must come after a sequence", branches(rest, rest), pool);
        assertRefused(
                "model.branches.history[0] must not be branches",
                "only the first layer",
                branches(rest, history(branches(rest))));
        assertThatThrownBy(() -> new LayerSpec.Branches(List.of(), LayerSpec.Join.CONCAT))
                .hasMessageContaining("model.branches");
        assertThatThrownBy(() -> new LayerSpec.Branch("history", 0, List.of()))
                .hasMessageContaining("model.branches.history.inputs");
    }

    @Test
    void branchesAreLaidOutOneAfterTheOther() {
        LayerSpec.Branch history = history(
                new LayerSpec.Sequence(1, true), new LayerSpec.Gru(3), new LayerSpec.Flatten(), new Dropout(0.1f));
        LayerSpec.Branch more =
                new LayerSpec.Branch("more", 1, List.of(new Dropout(0.1f), new Dense(5, Activation.TANH)));
        LayerSpec.Branch rest = new LayerSpec.Branch("rest", 1, List.of());
        NetworkSpec spec = Networks.with(VALID, List.<LayerSpec>of(branches(history, rest, more), new Dropout(0.1f)));
        assertThat(spec.layers().get(0).form()).isEqualTo("branches (2: 1 marked steps → gru 3 → flatten | 1 | 1: 5)");
        ParameterLayout layout = ParameterLayout.of(spec);
        assertThat(layout.stages().get(0).output()).isEqualTo(Shape.flat(9));
        assertThat(layout.tensors())
                .extracting(tensor -> tensor.stage() + " " + tensor.name() + " " + tensor.count())
                .containsExactly(
                        "1 weights 9",
                        "1 recurrent weights 27",
                        "1 bias 9",
                        "5 weights 5",
                        "5 bias 5",
                        "8 weights 9",
                        "8 bias 1");
        // No two dropouts have the same masks.
        assertThat(layout.stages().get(0).inner().get(0).get(3).index()).isEqualTo(3);
        assertThat(layout.stages().get(0).inner().get(2).get(0).index()).isEqualTo(5);
        assertThat(layout.stages().get(1).index()).isEqualTo(8);
    }

    @Test
    void joinsMultiplyBranchesOfOneWidth() {
        LayerSpec.Branch one = new LayerSpec.Branch("one", 1, List.of());
        LayerSpec.Branch two = new LayerSpec.Branch("two", 2, List.of());
        LayerSpec.Branch wide = new LayerSpec.Branch("wide", 2, List.of(new Dense(5, Activation.RELU)));
        LayerSpec.Branch rest = LayerSpec.Branch.rest(2);
        assertRefused("model.join of dot needs exactly two branches", "got 2 of two;", dot(two, rest));
        assertRefused("exactly two branches", "got none; name the two", dot(rest, rest));
        assertRefused(
                "exactly two branches", "got 1 of one, 2 of two, 1 of one; name the two that", dot(one, two, one));
        assertRefused("model.join of dot needs branches of one width", "got 2 of two, 5 of wide;", dot(two, wide));
        assertRefused("model.join of fm needs at least two branches", "got 2 of two; name those", fm(rest, two));
        assertRefused(
                "model.join of fm needs branches of one width", "got 1 of one, 1 of one, 2 of", fm(one, one, two));
        assertRefused(
                "model.layers must end in a flat vector",
                "2 steps of 2",
                new LayerSpec.Branches(
                        List.of(two, two), LayerSpec.Join.FM, List.of(new LayerSpec.Sequence(2, false))));
        assertRefused(
                "model.layers[0].sequence.mask",
                "put the sequence first",
                new LayerSpec.Branches(List.of(two, two), LayerSpec.Join.FM, List.of(new LayerSpec.Sequence(2, true))));
        assertThatThrownBy(() -> new LayerSpec.Branches(
                        List.of(two, two), LayerSpec.Join.DOT, List.of(new Dense(1, Activation.RELU))))
                .hasMessageContaining("model.join must be fm for layers beside it, got DOT");
    }

    @Test
    void layersBesideAJoinAreLaidOutBehindTheBranches() {
        LayerSpec.Branch tower = new LayerSpec.Branch("tower", 1, List.of(new Dense(2, Activation.RELU)));
        LayerSpec.Branch vector = new LayerSpec.Branch("vector", 2, List.of());
        LayerSpec.Branches branches = new LayerSpec.Branches(
                List.of(tower, LayerSpec.Branch.rest(1), vector),
                LayerSpec.Join.FM,
                List.of(new Dropout(0.1f), new Dense(3, Activation.TANH), new Dropout(0.1f)));
        ParameterLayout layout = ParameterLayout.of(Networks.with(VALID, List.<LayerSpec>of(branches)));
        assertThat(layout.stages().get(0).output()).isEqualTo(Shape.flat(1 + 1 + 3));
        assertThat(layout.tensors())
                .extracting(tensor -> tensor.stage() + " " + tensor.name() + " " + tensor.count())
                .containsExactly("0 weights 2", "0 bias 2", "4 weights 15", "4 bias 3", "7 weights 5", "7 bias 1");
        assertThat(branches.form()).isEqualTo("fm of branches (1: 2 | rest 1 | 2) beside (3)");
        assertThat(dot(vector, LayerSpec.Branch.rest(3), vector).form()).isEqualTo("dot of branches (2 | rest 3 | 2)");
        // Side by side the rest is a branch like others.
        assertThat(branches(vector, LayerSpec.Branch.rest(3)).form()).isEqualTo("branches (2 | 3)");
    }

    private static LayerSpec dot(LayerSpec.Branch... branches) {
        return new LayerSpec.Branches(List.of(branches), LayerSpec.Join.DOT);
    }

    private static LayerSpec fm(LayerSpec.Branch... branches) {
        return new LayerSpec.Branches(List.of(branches), LayerSpec.Join.FM);
    }

    private static LayerSpec branches(LayerSpec.Branch... branches) {
        return new LayerSpec.Branches(List.of(branches), LayerSpec.Join.CONCAT);
    }

    private static LayerSpec.Branch history(LayerSpec... layers) {
        return new LayerSpec.Branch("history", 2, List.of(layers));
    }

    private static void assertRefused(String key, String detail, LayerSpec... layers) {
        assertThatThrownBy(() -> Networks.with(VALID, List.of(layers)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(detail);
    }

    @Test
    void layersAreLaidOutOneAfterTheOther() {
        NetworkSpec spec = Networks.with(
                VALID,
                List.<LayerSpec>of(new Dense(8, Activation.RELU), new Dropout(0.5f), new Dense(3, Activation.TANH)));
        ParameterLayout layout = ParameterLayout.of(spec);
        assertThat(ParameterLayout.blocks(layout.stages()))
                .containsExactly(
                        new ParameterLayout.Block(0, 4, 8, 0, 32, Activation.RELU, 0, false),
                        new ParameterLayout.Block(1, 8, 3, 40, 64, Activation.TANH, 0.5f, false),
                        new ParameterLayout.Block(2, 3, 1, 67, 70, Activation.SIGMOID, 0, true));
        assertThat(layout.parameterCount()).isEqualTo(71);
        assertThat(layout.updaterStateCount()).isEqualTo(142);
    }
}
