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
    void layersAreLaidOutOneAfterTheOther() {
        NetworkSpec spec = Networks.with(
                VALID,
                List.<LayerSpec>of(new Dense(8, Activation.RELU), new Dropout(0.5f), new Dense(3, Activation.TANH)));
        ParameterLayout layout = ParameterLayout.of(spec);
        assertThat(layout.blocks())
                .containsExactly(
                        new ParameterLayout.Block(0, 4, 8, 0, 32, Activation.RELU, 0, false),
                        new ParameterLayout.Block(1, 8, 3, 40, 64, Activation.TANH, 0.5f, false),
                        new ParameterLayout.Block(2, 3, 1, 67, 70, Activation.SIGMOID, 0, true));
        assertThat(layout.parameterCount()).isEqualTo(71);
        assertThat(layout.updaterStateCount()).isEqualTo(142);
    }
}
