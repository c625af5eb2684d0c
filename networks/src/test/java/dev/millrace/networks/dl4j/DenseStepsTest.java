package dev.millrace.networks.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.Weights;
import dev.millrace.networks.dl4j.DenseSteps.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The dense layer beside the one of DL4J, bit for bit, and what its calls leave in native memory. */
class DenseStepsTest {

    private static final int[] WIDTHS = {1, 2, 7, 33};
    private static final int[] ROWS = {1, 2, 3, 16, 257};

    @BeforeAll
    static void load() {
        NativeRuntime.load();
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "GELU")
    void everyBitIsThatOfDl4j(Activation activation) {
        for (int inputs : WIDTHS) {
            for (int units : WIDTHS) {
                for (int rows : ROWS) {
                    assertSameBits(activation, inputs, units, rows);
                }
            }
        }
    }

    private static void assertSameBits(Activation activation, int inputs, int units, int rows) {
        String work = activation + ", " + inputs + " to " + units + ", " + rows + " rows";
        Random random = new Random(rows);
        float[] parameters = numbers(random, inputs * units + units);
        float[] x = numbers(random, rows * inputs);
        float[] deltas = numbers(random, rows * units);
        MultiLayerNetwork theirs = dl4j(activation, inputs, units, parameters);
        INDArray theirValues = theirs.getLayer(0)
                .activate(Nd4j.createFromArray(x).reshape(rows, inputs), true, LayerWorkspaceMgr.noWorkspaces());
        INDArray theirInputDeltas = theirs.getLayer(0)
                .backpropGradient(Nd4j.createFromArray(deltas).reshape(rows, units), LayerWorkspaceMgr.noWorkspaces())
                .getSecond();

        float[] values = new float[rows * units];
        float[] inputDeltas = new float[rows * inputs];
        float[] gradient = new float[parameters.length];
        try (Parameters ours = Parameters.of(inputs, units);
                Parameters ourGradient = Parameters.of(inputs, units);
                DenseSteps steps = new DenseSteps(rows, inputs, units, activation, ours, ourGradient)) {
            ours.weights().write(parameters, 0);
            ours.bias().write(parameters, inputs * units);
            steps.forward(x, values);
            steps.backward(deltas, inputDeltas);
            ourGradient.weights().read(gradient, 0);
            ourGradient.bias().read(gradient, inputs * units);
        }

        assertThat(bits(values)).as("values of " + work).isEqualTo(bits(rowMajor(theirValues)));
        assertThat(bits(inputDeltas)).as("input deltas of " + work).isEqualTo(bits(rowMajor(theirInputDeltas)));
        assertThat(bits(gradient))
                .as("gradient of " + work)
                .isEqualTo(bits(theirs.getFlattenedGradients().toFloatVector()));
    }

    /** What the heap's garbage collector would have to find before native memory is free again. */
    @Test
    void noCallLeavesANativeObjectBehind() {
        NetworkSpec spec = new NetworkSpec(
                5,
                Task.BINARY,
                1,
                List.of(new LayerSpec.Dense(7, Activation.RELU), new LayerSpec.Dense(3, Activation.ELU)),
                new LossSpec.CrossEntropy(),
                new OptimizerSpec.Adam(0.01f),
                Regularization.NONE,
                42,
                EngineChoice.DL4J);
        int rows = 16;
        float[] inputs = numbers(new Random(1), rows * spec.inputs());
        float[] ones = new float[rows];
        Arrays.fill(ones, 1);
        try (Dl4jEngine engine = new Dl4jEngine(spec)) {
            Weights weights = engine.initialWeights(1);
            work(engine, weights, inputs, ones);
            long objects = Nd4j.getDeallocatorService().nextValue();
            long bytes = Pointer.totalBytes();
            for (int call = 0; call < 10; call++) {
                work(engine, weights, inputs, ones);
            }
            assertThat(Nd4j.getDeallocatorService().nextValue()).isEqualTo(objects + 1);
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(bytes);
        }
    }

    @Test
    void whoUsesItAfterTheEndGetsAnException() {
        float[] numbers = new float[4];
        Parameters parameters = Parameters.of(2, 2);
        DenseSteps steps = new DenseSteps(2, 2, 2, Activation.RELU, parameters, Parameters.of(2, 2));
        steps.close();
        steps.close();
        assertThatThrownBy(() -> steps.forward(numbers, numbers)).isInstanceOf(NullPointerException.class);
    }

    private static void work(Dl4jEngine engine, Weights weights, float[] inputs, float[] ones) {
        engine.score(weights, inputs, ones.length, new float[ones.length]);
        engine.fit(weights, inputs, ones, ones, ones.length);
        engine.inputGradient(weights, inputs, 0, new float[engine.spec().inputs()]);
    }

    private static MultiLayerNetwork dl4j(Activation activation, int inputs, int units, float[] parameters) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(inputs)
                        .nOut(units)
                        .activation(Dl4jExport.activation(activation))
                        .build())
                .build());
        network.init(Nd4j.createFromArray(new float[][] {parameters}), false);
        network.initGradientsView();
        return network;
    }

    /** Some of them zero: so are the deltas of ReLU. */
    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
        }
        return numbers;
    }

    private static float[] rowMajor(INDArray matrix) {
        return matrix.dup('c').data().asFloat();
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
