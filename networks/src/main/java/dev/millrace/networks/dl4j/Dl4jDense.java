package dev.millrace.networks.dl4j;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.layers.Layer;
import dev.millrace.networks.layers.Pass;
import dev.millrace.networks.learning.Activations;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A dense layer of DL4J, over the steps of all rows at once, and the copies between flat vectors and its native ones.
 *
 * <p>DL4J keeps the weights column-major, {@code W[unit][input]}, then the bias. The output layer gives plain sums; GELU, which
 * DL4J knows in another form, is computed outside of it.
 */
final class Dl4jDense extends Layer {

    private final LayerWorkspaceMgr workspaces;
    private final Tensor weightTensor;
    private final Tensor biasTensor;
    private final int inputs;
    private final int units;
    private final Activation outside;
    private final org.deeplearning4j.nn.api.Layer layer;
    private final FloatPointer nativeParameters;
    private final FloatPointer nativeGradient;
    private final float[] columnMajor;

    private final NativeMatrix inputOfOne;
    private final NativeMatrix deltasOfOne;
    /** Stays while rows are scored one by one between two mini-batches: native memory is freed late. */
    private NativeMatrix inputOfBatch;

    private NativeMatrix deltasOfBatch;
    private NativeMatrix input;
    private NativeMatrix deltas;
    private float[] sums = new float[0];

    Dl4jDense(Stage stage, LayerWorkspaceMgr workspaces) {
        super(stage);
        this.workspaces = workspaces;
        this.weightTensor = stage.tensors().get(0);
        this.biasTensor = stage.tensors().get(1);
        this.inputs = weightTensor.rows();
        this.units = weightTensor.columns();
        Activation activation = stage.last() ? Activation.IDENTITY : ((Dense) stage.layer()).activation();
        this.outside = activation == Activation.GELU ? activation : Activation.IDENTITY;
        this.columnMajor = new float[weightTensor.count() + units];
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(inputs)
                        .nOut(units)
                        .activation(activation(activation))
                        .build())
                .build());
        network.init(Nd4j.create(DataType.FLOAT, 1, columnMajor.length), false);
        network.initGradientsView();
        this.layer = network.getLayer(0);
        this.nativeParameters = NativeMatrix.memoryOf(network.params());
        this.nativeGradient = NativeMatrix.memoryOf(network.getFlattenedGradients());
        int steps = stage.input().steps();
        this.inputOfOne = new NativeMatrix(steps, inputs);
        this.deltasOfOne = new NativeMatrix(steps, units);
        this.inputOfBatch = inputOfOne;
        this.deltasOfBatch = deltasOfOne;
        this.input = inputOfOne;
        this.deltas = deltasOfOne;
    }

    /** GELU has none: identity in its place. */
    static IActivation activation(Activation activation) {
        return switch (activation) {
            case SIGMOID -> new ActivationSigmoid();
            case TANH -> new ActivationTanH();
            case RELU -> new ActivationReLU();
            case SOFTMAX -> new ActivationSoftmax();
            case LEAKY_RELU -> new ActivationLReLU(Activation.LEAK);
            case ELU -> new ActivationELU(1);
            case IDENTITY, GELU -> new ActivationIdentity();
        };
    }

    @Override
    protected void reserve(int rows) {
        sums = new float[outside == Activation.GELU ? rows * outputShape().size() : 0];
    }

    @Override
    public void load(float[] rowMajor) {
        int offset = weightTensor.offset();
        for (int unit = 0; unit < units; unit++) {
            for (int i = 0; i < inputs; i++) {
                columnMajor[unit * inputs + i] = rowMajor[offset + i * units + unit];
            }
        }
        System.arraycopy(rowMajor, biasTensor.offset(), columnMajor, weightTensor.count(), units);
        nativeParameters.put(columnMajor, 0, columnMajor.length);
    }

    @Override
    protected void compute(float[] inputValues, int[] inputPresent, int rows, Pass pass) {
        int positions = rows * inputShape().steps();
        if (rows > 1 && inputOfBatch.rows() != positions) {
            inputOfBatch = new NativeMatrix(positions, inputs);
            deltasOfBatch = new NativeMatrix(positions, units);
        }
        input = rows == 1 ? inputOfOne : inputOfBatch;
        deltas = rows == 1 ? deltasOfOne : deltasOfBatch;
        input.write(inputValues, 0);
        INDArray result = layer.activate(input.array(), pass.training(), workspaces);
        if (outside == Activation.GELU) {
            NativeMatrix.read(result, positions, units, sums);
            Activations.apply(outside, sums, values(), 0, positions * units);
        } else {
            NativeMatrix.read(result, positions, units, values());
        }
        clearAbsent(values(), rows);
    }

    private void clearAbsent(float[] target, int rows) {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(target, row * outputShape().size(), firstOfOutput(row), 0);
        }
    }

    @Override
    protected void differentiate(
            float[] inputValues, int[] inputPresent, float[] outputDeltas, int rows, Pass pass, float[] gradient) {
        int positions = rows * inputShape().steps();
        clearAbsent(outputDeltas, rows);
        if (outside == Activation.GELU) {
            Activations.differentiate(outside, sums, values(), outputDeltas, 0, positions * units);
        }
        deltas.write(outputDeltas, 0);
        INDArray result = layer.backpropGradient(deltas.array(), workspaces).getSecond();
        NativeMatrix.read(result, positions, inputs, inputDeltas());
        readGradient(gradient);
    }

    private void readGradient(float[] gradient) {
        nativeGradient.get(columnMajor, 0, columnMajor.length);
        int offset = weightTensor.offset();
        for (int i = 0; i < inputs; i++) {
            for (int unit = 0; unit < units; unit++) {
                gradient[offset + i * units + unit] = columnMajor[unit * inputs + i];
            }
        }
        System.arraycopy(columnMajor, weightTensor.count(), gradient, biasTensor.offset(), units);
    }

    @Override
    protected boolean rectifies() {
        return !stage().last() && ((Dense) stage().layer()).activation() == Activation.RELU;
    }
}
