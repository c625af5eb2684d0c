package dev.millrace.networks.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.LearningRateSchedule;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Block;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.Weights;
import dev.millrace.networks.fused.FusedEngine;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Whole networks trained by DL4J itself, with its own losses and updaters, end where ours end. */
class Dl4jAgreementTest {

    private static final int ROWS = 24;
    private static final int UPDATES = 25;

    @BeforeAll
    static void load() {
        NativeRuntime.load();
    }

    static Stream<Arguments> updaters() {
        return Stream.of(
                Arguments.of(new OptimizerSpec.Sgd(0.1f), new Sgd(0.1)),
                Arguments.of(new OptimizerSpec.Nesterov(0.05f, 0.8f), new Nesterovs(0.05, 0.8)),
                Arguments.of(new OptimizerSpec.Momentum(0.05f, 0), new Nesterovs(0.05, 0)),
                Arguments.of(new OptimizerSpec.Adagrad(0.05f), new AdaGrad(0.05, 1e-8)),
                // DL4J starts the mean square at epsilon, not at 0: a tiny one makes that invisible.
                Arguments.of(new OptimizerSpec.RmsProp(0.01f, 0.95f, 1e-15f), new RmsProp(0.01, 0.95, 1e-15)),
                Arguments.of(new OptimizerSpec.AmsGrad(0.01f), new AMSGrad(0.01)),
                Arguments.of(
                        new OptimizerSpec.Scheduled(
                                new OptimizerSpec.Sgd(0.1f), new LearningRateSchedule.Step(0.5f, 4)),
                        new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.5, 4))),
                Arguments.of(
                        new OptimizerSpec.Scheduled(
                                new OptimizerSpec.Sgd(0.1f), new LearningRateSchedule.Exponential(0.9f, 1)),
                        new Sgd(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9))),
                Arguments.of(
                        new OptimizerSpec.Scheduled(
                                new OptimizerSpec.Sgd(0.1f), new LearningRateSchedule.Inverse(5, 0.7f)),
                        new Sgd(new InverseSchedule(ScheduleType.ITERATION, 0.1, 0.2, 0.7))),
                Arguments.of(new OptimizerSpec.Adam(0.01f), new Adam(0.01)));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void optimizersAreThoseOfDl4j(OptimizerSpec ours, IUpdater theirs) {
        assertAgreement(Networks.with(Networks.binary(6, Activation.TANH, 9, 4), ours), theirs);
    }

    static Stream<NetworkSpec> losses() {
        NetworkSpec binary = Networks.binary(6, Activation.SIGMOID, 9, 4);
        return Stream.of(
                binary,
                Networks.with(binary, new LossSpec.Hinge()),
                Networks.withTask(binary, Task.MULTICLASS, 3, new LossSpec.CrossEntropy()),
                Networks.withTask(binary, Task.REGRESSION, 1, new LossSpec.MeanSquaredError()),
                Networks.withTask(binary, Task.REGRESSION, 1, new LossSpec.MeanAbsoluteError()));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossesAreThoseOfDl4j(NetworkSpec spec) {
        assertAgreement(Networks.with(spec, new OptimizerSpec.Sgd(0.1f)), new Sgd(0.1));
    }

    /** DL4J's GELU, precise or not, is another approximation of z·Φ(z). */
    static Stream<Activation> activations() {
        return Stream.of(Activation.values()).filter(activation -> activation != Activation.GELU);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationsAreThoseOfDl4j(Activation activation) {
        assertAgreement(Networks.with(Networks.binary(6, activation, 9, 4), new OptimizerSpec.Sgd(0.1f)), new Sgd(0.1));
    }

    @Test
    void penaltiesAreThoseOfDl4j() {
        NetworkSpec spec = Networks.with(
                Networks.with(Networks.binary(6, Activation.TANH, 9, 4), new OptimizerSpec.Adam(0.01f)),
                new Regularization(0.003f, 0.02f, 0, 0));
        assertAgreement(spec, new Adam(0.01));
    }

    @Test
    void clippingByValueIsThatOfDl4j() {
        NetworkSpec spec = Networks.with(
                Networks.with(Networks.binary(6, Activation.TANH, 9, 4), new OptimizerSpec.Sgd(0.5f)),
                new Regularization(0, 0, 0.01f, 0));
        assertAgreement(spec, new Sgd(0.5));
    }

    @Test
    void theLargestNormIsThatOfDl4j() {
        NetworkSpec spec = Networks.with(
                Networks.with(Networks.binary(6, Activation.TANH, 9, 4), new OptimizerSpec.Sgd(0.1f)),
                new Regularization(0, 0, 0, 0, 0.8f));
        assertAgreement(spec, new Sgd(0.1));
    }

    private static void assertAgreement(NetworkSpec spec, IUpdater updater) {
        try (Engine engine = new Dl4jEngine(spec)) {
            assertAgreement(engine, updater);
        }
        try (Engine engine = new FusedEngine(spec)) {
            assertAgreement(engine, updater);
        }
    }

    private static void assertAgreement(Engine engine, IUpdater updater) {
        NetworkSpec spec = engine.spec();
        ParameterLayout layout = ParameterLayout.of(spec);
        MultiLayerNetwork network = network(spec, layout, updater);
        float[] inputs = Networks.normal(spec.inputs() * ROWS, 3);
        float[] labels = Networks.labels(spec, inputs, ROWS);
        INDArray features = Nd4j.createFromArray(inputs).reshape(ROWS, spec.inputs());
        INDArray targets = targets(spec, labels);
        Weights weights = engine.initialWeights(5);
        if (updater instanceof AdaGrad) {
            // Where DL4J starts the sum of squares, whatever epsilon is.
            Arrays.fill(weights.updaterState(), 1e-6f);
        }
        for (Block block : ParameterLayout.blocks(layout.stages())) {
            for (int i = 0; i < block.inputs(); i++) {
                for (int unit = 0; unit < block.units(); unit++) {
                    float weight = weights.parameters()[block.weightOffset() + i * block.units() + unit];
                    network.getLayer(block.index()).getParam("W").putScalar(i, unit, weight);
                }
            }
        }
        for (int update = 0; update < UPDATES; update++) {
            float loss = engine.fit(weights, inputs, labels, Networks.ones(ROWS), ROWS);
            network.fit(features, targets);
            double penalty = spec.regularization().penalises() ? 1 : 1e-4;
            assertThat((double) loss).isCloseTo(network.score(), within(penalty));
        }
        for (Block block : ParameterLayout.blocks(layout.stages())) {
            INDArray theirs = network.getLayer(block.index()).getParam("W");
            INDArray theirBias = network.getLayer(block.index()).getParam("b");
            for (int unit = 0; unit < block.units(); unit++) {
                for (int i = 0; i < block.inputs(); i++) {
                    float ours = weights.parameters()[block.weightOffset() + i * block.units() + unit];
                    assertThat(ours)
                            .as("weight %d, %d of layer %d", i, unit, block.index())
                            .isCloseTo(theirs.getFloat(i, unit), within(2e-4f));
                }
                assertThat(weights.parameters()[block.biasOffset() + unit])
                        .isCloseTo(theirBias.getFloat(unit), within(2e-4f));
            }
        }
    }

    private static INDArray targets(NetworkSpec spec, float[] labels) {
        INDArray targets = Nd4j.zeros(ROWS, spec.outputs());
        for (int row = 0; row < ROWS; row++) {
            if (spec.task() == Task.MULTICLASS) {
                targets.putScalar(row, (int) labels[row], 1);
            } else if (spec.loss() instanceof LossSpec.Hinge) {
                targets.putScalar(row, 0, 2 * labels[row] - 1);
            } else {
                targets.putScalar(row, 0, labels[row]);
            }
        }
        return targets;
    }

    private static MultiLayerNetwork network(NetworkSpec spec, ParameterLayout layout, IUpdater updater) {
        Regularization regularization = spec.regularization();
        NeuralNetConfiguration.Builder configuration = new NeuralNetConfiguration.Builder().updater(updater);
        if (regularization.penalises()) {
            configuration.l1(regularization.l1PerUpdate()).l2(regularization.l2PerUpdate());
        }
        if (regularization.clipValue() > 0) {
            configuration
                    .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
                    .gradientNormalizationThreshold(regularization.clipValue());
        }
        if (regularization.maxNorm() > 0) {
            configuration.constrainWeights(new MaxNormConstraint(regularization.maxNorm(), 0));
        }
        NeuralNetConfiguration.ListBuilder layers = configuration.list();
        for (Block block : ParameterLayout.blocks(layout.stages())) {
            IActivation activation = activation(
                    block.output() && spec.loss() instanceof LossSpec.Hinge ? Activation.IDENTITY : block.activation());
            layers.layer(
                    block.output()
                            ? new OutputLayer.Builder(loss(spec))
                                    .nIn(block.inputs())
                                    .nOut(block.units())
                                    .activation(activation)
                                    .build()
                            : new DenseLayer.Builder()
                                    .nIn(block.inputs())
                                    .nOut(block.units())
                                    .activation(activation)
                                    .build());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private static IActivation activation(Activation activation) {
        return switch (activation) {
            case LEAKY_RELU -> new ActivationLReLU(0.01);
            default ->
                org.nd4j.linalg.activations.Activation.valueOf(activation.name())
                        .getActivationFunction();
        };
    }

    private static LossFunction loss(NetworkSpec spec) {
        return switch (spec.task()) {
            case BINARY -> spec.loss() instanceof LossSpec.Hinge ? LossFunction.HINGE : LossFunction.XENT;
            case MULTICLASS -> LossFunction.MCXENT;
            case REGRESSION ->
                spec.loss() instanceof LossSpec.MeanSquaredError ? LossFunction.MSE : LossFunction.MEAN_ABSOLUTE_ERROR;
            case RANKING -> throw new AssertionError("DL4J has no such loss");
        };
    }
}
