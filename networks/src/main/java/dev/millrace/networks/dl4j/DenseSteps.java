package dev.millrace.networks.dl4j;

import dev.millrace.networks.Activation;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a dense layer of DL4J does with a fixed number of rows, there and back: the same operations on the same layouts, so the same
 * bits, but on memory of its own. Shapes: inputs {@code [rows, inputs]}, sums and outputs {@code [rows, units]}, all row-major outside.
 */
final class DenseSteps implements AutoCloseable {

    /** Weights or their gradient {@code [inputs, units]}, column-major as DL4J keeps them, and those of the bias {@code [1, units]}. */
    record Parameters(NativeMatrix weights, NativeMatrix bias) implements AutoCloseable {

        static Parameters of(int inputs, int units) {
            return new Parameters(NativeMatrix.columnMajor(inputs, units), NativeMatrix.rowMajor(1, units));
        }

        @Override
        public void close() {
            weights.close();
            bias.close();
        }
    }

    private static final long NOT_TRANSPOSED = 0;
    private static final long TRANSPOSED = 1;

    private final int rows;
    private final List<NativeMatrix> owned = new ArrayList<>();
    private final NativeMatrix input;
    private final NativeMatrix output;
    private final NativeMatrix outputDeltas;
    private final NativeMatrix inputDeltas;
    private final List<NativeCall> forward = new ArrayList<>();
    private final List<NativeCall> backward = new ArrayList<>();

    DenseSteps(int rows, int inputs, int units, Activation activation, Parameters parameters, Parameters gradient) {
        this.rows = rows;
        this.input = own(NativeMatrix.rowMajor(rows, inputs));
        NativeMatrix sums = own(NativeMatrix.rowMajor(rows, units));
        this.outputDeltas = own(NativeMatrix.rowMajor(rows, units));
        boolean identity = activation == Activation.IDENTITY;
        this.output = identity ? sums : own(NativeMatrix.rowMajor(rows, units));
        NativeMatrix deltas = identity ? outputDeltas : own(NativeMatrix.rowMajor(rows, units));
        // Column after column of [inputs, rows] is row after row of its transpose.
        this.inputDeltas = own(NativeMatrix.columnMajor(inputs, rows));
        // DL4J multiplies into this and copies.
        NativeMatrix product = own(NativeMatrix.columnMajor(rows, units));
        INDArray z = sums.array();
        INDArray d = deltas.array();

        forward.add(product(input.array(), parameters.weights().array(), product));
        forward.add(NativeCall.of("assign", List.of(z, product.array()), z));
        forward.add(NativeCall.of("add", List.of(z, parameters.bias().array()), z));
        if (!identity) {
            forward.add(NativeActivation.of(activation).values(z, output.array()));
            backward.add(NativeActivation.of(activation).deltas(z, outputDeltas.array(), d));
        }
        backward.add(matmul(TRANSPOSED, input.array(), d, gradient.weights()));
        backward.add(NativeCall.of("reduce_sum", List.of(d), gradient.bias().array(), new double[] {1}, 0));
        backward.add(product(parameters.weights().array(), d.transpose(), inputDeltas));
    }

    private NativeMatrix own(NativeMatrix matrix) {
        owned.add(matrix);
        return matrix;
    }

    private static NativeCall product(INDArray left, INDArray right, NativeMatrix to) {
        // The sign of a zero differs.
        return left.isScalar() || right.isScalar()
                ? NativeCall.of("multiply", List.of(left, right), to.array())
                : matmul(NOT_TRANSPOSED, left, right, to);
    }

    private static NativeCall matmul(long leftTransposed, INDArray left, INDArray right, NativeMatrix to) {
        double[] factors = {1, 0};
        return NativeCall.of(
                "matmul", List.of(left, right), to.array(), factors, leftTransposed, NOT_TRANSPOSED, NOT_TRANSPOSED);
    }

    int rows() {
        return rows;
    }

    void forward(float[] inputs, float[] outputs) {
        input.write(inputs, 0);
        forward.forEach(NativeCall::run);
        output.read(outputs, 0);
    }

    /** For the rows of the last {@link #forward}; leaves the gradient in its place. */
    void backward(float[] deltasOfOutputs, float[] deltasOfInputs) {
        outputDeltas.write(deltasOfOutputs, 0);
        backward.forEach(NativeCall::run);
        inputDeltas.read(deltasOfInputs, 0);
    }

    @Override
    public void close() {
        owned.forEach(NativeMatrix::close);
    }
}
