package dev.millrace.networks.layers;

import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.loops.Loops;
import java.util.Arrays;

/**
 * Some columns of the weights of a recurrent layer: what meets the input above what meets the state, so that both are one product of
 * {@code [x, h]}.
 */
final class RecurrentWeights {

    private final Loops loops;
    private final Tensor input;
    private final Tensor state;
    private final int from;
    private final int columns;
    private final int inputs;
    private final int units;

    /** {@code [inputs + units][columns]} */
    private final float[][] weights;

    /** {@code [columns][units]} */
    private final float[][] stateTransposed;

    /** {@code [columns][inputs]} */
    private final float[][] inputTransposed;

    private final float[][] gradient;
    private final float[][] zeroRows;
    private final float[] zeros;

    /** @param from first of the columns */
    RecurrentWeights(Loops loops, Tensor input, Tensor state, int from, int columns) {
        this.loops = loops;
        this.input = input;
        this.state = state;
        this.from = from;
        this.columns = columns;
        this.inputs = input.rows();
        this.units = state.rows();
        this.weights = Loops.matrix(inputs + units, columns);
        this.stateTransposed = Loops.matrix(columns, units);
        this.inputTransposed = Loops.matrix(columns, inputs);
        this.gradient = Loops.matrix(inputs + units, columns);
        this.zeros = new float[Loops.padded(Math.max(columns, Math.max(inputs, units)))];
        this.zeroRows = new float[inputs + units][];
        Arrays.fill(zeroRows, zeros);
    }

    void load(float[] parameters) {
        for (int i = 0; i < inputs + units; i++) {
            System.arraycopy(parameters, offset(i), weights[i], 0, columns);
        }
    }

    private int offset(int row) {
        return row < inputs
                ? input.offset() + row * input.columns() + from
                : state.offset() + (row - inputs) * state.columns() + from;
    }

    void prepareBackward() {
        transpose(weights, 0, inputs, inputTransposed);
        transpose(weights, inputs, units, stateTransposed);
    }

    private void transpose(float[][] source, int first, int count, float[][] target) {
        for (int column = 0; column < columns; column++) {
            float[] row = target[column];
            for (int i = 0; i < count; i++) {
                row[i] = source[first + i][column];
            }
        }
    }

    /** {@code sums = start + joint·weights} */
    void multiply(float[][] joint, float[] start, float[][] sums, int rows) {
        loops.multiply(joint, weights, start, sums, rows, inputs + units, columns);
    }

    /** {@code stateDeltas = deltas·stateWeightsᵀ} */
    void toState(float[][] deltas, float[][] stateDeltas, int rows) {
        loops.multiply(deltas, stateTransposed, zeros, stateDeltas, rows, columns, units);
    }

    /** {@code inputDeltas = deltas·inputWeightsᵀ} */
    void toInput(float[][] deltas, float[][] inputDeltas, int rows) {
        loops.multiply(deltas, inputTransposed, zeros, inputDeltas, rows, columns, inputs);
    }

    /** Writes {@code jointᵀ·deltas} to the flat gradient. */
    void writeGradient(float[][] joint, float[][] deltas, int rows, float[] target) {
        loops.multiplyTransposed(joint, deltas, zeroRows, gradient, inputs + units, rows, columns);
        for (int i = 0; i < inputs + units; i++) {
            System.arraycopy(gradient[i], 0, target, offset(i), columns);
        }
    }
}
