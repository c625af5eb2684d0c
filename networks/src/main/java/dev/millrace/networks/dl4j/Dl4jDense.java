package dev.millrace.networks.dl4j;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.layers.Layer;
import dev.millrace.networks.layers.Pass;
import dev.millrace.networks.learning.Activations;
import java.util.Arrays;

/**
 * A dense layer of DL4J, over the steps of all rows at once, and the copies between flat vectors and native ones.
 *
 * <p>DL4J keeps the weights column-major, {@code W[unit][input]}, then the bias. The output layer gives plain sums; GELU, which
 * DL4J knows in another form, is computed outside of it.
 */
final class Dl4jDense extends Layer implements AutoCloseable {

    private final Tensor weightTensor;
    private final Tensor biasTensor;
    private final int inputs;
    private final int units;
    private final Activation inside;
    private final Activation outside;
    private final DenseSteps.Parameters parameters;
    private final DenseSteps.Parameters gradientParameters;
    private final float[] columnMajor;

    private final DenseSteps one;
    /** Stays while rows are scored one by one between two mini-batches. */
    private DenseSteps batch;

    private DenseSteps steps;
    private float[] sums = new float[0];

    Dl4jDense(Stage stage) {
        super(stage);
        this.weightTensor = stage.tensors().get(0);
        this.biasTensor = stage.tensors().get(1);
        this.inputs = weightTensor.rows();
        this.units = weightTensor.columns();
        Activation activation = stage.last() ? Activation.IDENTITY : ((Dense) stage.layer()).activation();
        this.outside = activation == Activation.GELU ? activation : Activation.IDENTITY;
        this.inside = activation == Activation.GELU ? Activation.IDENTITY : activation;
        this.columnMajor = new float[weightTensor.count()];
        this.parameters = DenseSteps.Parameters.of(inputs, units);
        this.gradientParameters = DenseSteps.Parameters.of(inputs, units);
        this.one = steps(stage.input().steps());
        this.batch = one;
        this.steps = one;
    }

    private DenseSteps steps(int rows) {
        return new DenseSteps(rows, inputs, units, inside, parameters, gradientParameters);
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
        parameters.weights().write(columnMajor, 0);
        parameters.bias().write(rowMajor, biasTensor.offset());
    }

    @Override
    protected void compute(float[] inputValues, int[] inputPresent, int rows, Pass pass) {
        int positions = rows * inputShape().steps();
        if (rows > 1 && batch.rows() != positions) {
            if (batch != one) {
                batch.close();
            }
            batch = steps(positions);
        }
        steps = rows == 1 ? one : batch;
        if (outside == Activation.GELU) {
            steps.forward(inputValues, sums);
            Activations.apply(outside, sums, values(), 0, positions * units);
        } else {
            steps.forward(inputValues, values());
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
        clearAbsent(outputDeltas, rows);
        if (outside == Activation.GELU) {
            int positions = rows * inputShape().steps();
            Activations.differentiate(outside, sums, values(), outputDeltas, 0, positions * units);
        }
        steps.backward(outputDeltas, inputDeltas());
        readGradient(gradient);
    }

    private void readGradient(float[] gradient) {
        gradientParameters.weights().read(columnMajor, 0);
        int offset = weightTensor.offset();
        for (int i = 0; i < inputs; i++) {
            for (int unit = 0; unit < units; unit++) {
                gradient[offset + i * units + unit] = columnMajor[unit * inputs + i];
            }
        }
        gradientParameters.bias().read(gradient, biasTensor.offset());
    }

    @Override
    protected boolean rectifies() {
        return !stage().last() && ((Dense) stage().layer()).activation() == Activation.RELU;
    }

    @Override
    public void close() {
        one.close();
        if (batch != one) {
            batch.close();
        }
        parameters.close();
        gradientParameters.close();
    }
}
