package dev.millrace.networks.fused;

import dev.millrace.networks.Activation;
import dev.millrace.networks.ParameterLayout.Block;
import dev.millrace.networks.learning.DropoutMask;
import dev.millrace.networks.loops.Loops;
import java.util.Arrays;

/**
 * One dense layer: its weights as rows, and scratch memory for a mini-batch.
 *
 * <ul>
 *   <li>input: {@code [rows][inputs]}, the values of the layer before, after dropout
 *   <li>values: {@code [rows][units]}, sums first, then what the activation makes of them
 *   <li>deltas: {@code [rows][units]}, derivatives of the loss with respect to the values, then to the sums
 * </ul>
 *
 * <p>Memory grows with the largest mini-batch seen and is used again for every other.
 */
final class DenseLayer {

    /** Rows of weights whose transposition shares a line of the cache. */
    private static final int TRANSPOSED_TOGETHER = 8;

    private final Loops loops;
    private final Block block;
    private final int inputs;
    private final int units;

    /** Too few units for vectors: products with the weights go along the inputs. */
    private final boolean narrow;

    /** {@code [inputs][units]}; empty if narrow. */
    private final float[][] weights;

    /** {@code [units][inputs]} */
    private final float[][] transposed;

    private final float[] bias;

    /** {@code [inputs][units]}, or {@code [units][inputs]} if narrow. */
    private final float[][] weightGradient;

    private final float[] biasGradient;

    /** Where sums without a bias start from. */
    private final float[] zeros;

    /** The same row of zeros over and over: where the gradient of the weights starts from. */
    private final float[][] zeroRows;

    private float[][] dropped = new float[0][];
    private float[][] values = new float[0][];
    private float[][] deltas = new float[0][];
    private float[][] mask = new float[0][];

    /** What the values were before the activation, where those do not tell; else empty. */
    private float[][] sums = new float[0][];

    DenseLayer(Loops loops, Block block) {
        this.loops = loops;
        this.block = block;
        this.inputs = block.inputs();
        this.units = block.units();
        this.narrow = units < loops.narrowBelow() && inputs > units;
        this.weights = Loops.matrix(narrow ? 0 : inputs, units);
        this.transposed = Loops.matrix(units, inputs);
        this.bias = new float[Loops.padded(units)];
        this.weightGradient = narrow ? Loops.matrix(units, inputs) : Loops.matrix(inputs, units);
        this.biasGradient = new float[Loops.padded(units)];
        this.zeros = new float[Loops.padded(Math.max(inputs, units))];
        this.zeroRows = new float[weightGradient.length][];
        Arrays.fill(zeroRows, zeros);
    }

    /** {@code [rows][units]} */
    float[][] values() {
        return values;
    }

    /** {@code [rows][units]} */
    float[][] deltas() {
        return deltas;
    }

    /** Rows this layer's dropout lets through: the input of the layer in the mini-batch that is learned. */
    float[][] dropped() {
        return dropped;
    }

    boolean drops() {
        return block.inputDropout() > 0;
    }

    private boolean keepsSums() {
        return !block.output() && block.activation() == Activation.GELU;
    }

    void reserve(int rows) {
        if (values.length >= rows) {
            return;
        }
        values = Loops.matrix(rows, units);
        deltas = Loops.matrix(rows, units);
        if (keepsSums()) {
            sums = Loops.matrix(rows, units);
        }
        if (drops()) {
            dropped = Loops.matrix(rows, inputs);
            mask = Loops.matrix(rows, inputs);
        }
    }

    void load(float[] parameters) {
        System.arraycopy(parameters, block.biasOffset(), bias, 0, units);
        if (narrow) {
            loadTransposed(parameters);
            return;
        }
        for (int input = 0; input < inputs; input++) {
            System.arraycopy(parameters, block.weightOffset() + input * units, weights[input], 0, units);
        }
    }

    private void loadTransposed(float[] parameters) {
        for (int unit = 0; unit < units; unit++) {
            float[] column = transposed[unit];
            int offset = block.weightOffset() + unit;
            for (int input = 0; input < inputs; input++) {
                column[input] = parameters[offset + input * units];
            }
        }
    }

    /** The way back goes through the transposed weights. */
    void prepareBackward() {
        if (narrow) {
            return;
        }
        int input = 0;
        for (; input + TRANSPOSED_TOGETHER <= inputs; input += TRANSPOSED_TOGETHER) {
            transposeEight(input);
        }
        for (; input < inputs; input++) {
            float[] row = weights[input];
            for (int unit = 0; unit < units; unit++) {
                transposed[unit][input] = row[unit];
            }
        }
    }

    private void transposeEight(int input) {
        float[] row0 = weights[input];
        float[] row1 = weights[input + 1];
        float[] row2 = weights[input + 2];
        float[] row3 = weights[input + 3];
        float[] row4 = weights[input + 4];
        float[] row5 = weights[input + 5];
        float[] row6 = weights[input + 6];
        float[] row7 = weights[input + 7];
        for (int unit = 0; unit < units; unit++) {
            float[] column = transposed[unit];
            column[input] = row0[unit];
            column[input + 1] = row1[unit];
            column[input + 2] = row2[unit];
            column[input + 3] = row3[unit];
            column[input + 4] = row4[unit];
            column[input + 5] = row5[unit];
            column[input + 6] = row6[unit];
            column[input + 7] = row7[unit];
        }
    }

    /** Sends the input through the dropout mask of an update. */
    void dropOut(float[][] input, int rows, long seed, long update) {
        int threshold = DropoutMask.threshold(block.inputDropout());
        float kept = DropoutMask.kept(block.inputDropout());
        for (int row = 0; row < rows; row++) {
            int rowKey = DropoutMask.rowKey(seed, update, block.index(), row);
            loops.fillMask(rowKey, threshold, kept, mask[row], inputs);
            multiply(input[row], mask[row], dropped[row], inputs);
        }
    }

    private static void multiply(float[] left, float[] right, float[] out, int width) {
        for (int i = 0; i < width; i++) {
            out[i] = left[i] * right[i];
        }
    }

    void forward(float[][] input, int rows) {
        if (narrow) {
            loops.multiplyNarrow(input, transposed, bias, values, rows, inputs, units);
        } else {
            loops.multiply(input, weights, bias, values, rows, inputs, units);
        }
        if (keepsSums()) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(values[row], 0, sums[row], 0, units);
            }
        }
        if (!block.output()) {
            RowActivation.apply(loops, block.activation(), values, rows, units);
        }
    }

    /** From derivatives with respect to the values to those with respect to the sums; the output layer's are so from the start. */
    void differentiateActivation(int rows) {
        if (block.output()) {
            loops.sumRows(deltas, biasGradient, rows, units);
        } else {
            RowActivation.differentiate(loops, block.activation(), sums, values, deltas, biasGradient, rows, units);
        }
    }

    /** Writes this layer's part of the flat gradient; after {@link #differentiateActivation}. */
    void differentiateParameters(float[][] input, int rows, float[] gradient) {
        if (narrow) {
            loops.multiplyTransposed(deltas, input, zeroRows, weightGradient, units, rows, inputs);
        } else {
            loops.multiplyTransposed(input, deltas, zeroRows, weightGradient, inputs, rows, units);
        }
        writeWeightGradient(gradient);
        System.arraycopy(biasGradient, 0, gradient, block.biasOffset(), units);
    }

    private void writeWeightGradient(float[] gradient) {
        for (int input = 0; input < inputs; input++) {
            int offset = block.weightOffset() + input * units;
            if (narrow) {
                for (int unit = 0; unit < units; unit++) {
                    gradient[offset + unit] = weightGradient[unit][input];
                }
            } else {
                System.arraycopy(weightGradient[input], 0, gradient, offset, units);
            }
        }
    }

    /** Writes the derivatives with respect to the input, before dropout. */
    void differentiateInput(float[][] inputDeltas, int rows, boolean throughDropout) {
        loops.multiply(deltas, transposed, zeros, inputDeltas, rows, units, inputs);
        if (throughDropout && drops()) {
            for (int row = 0; row < rows; row++) {
                multiply(inputDeltas[row], mask[row], inputDeltas[row], inputs);
            }
        }
    }

    /** Share of the units that were 0 at every row of the last mini-batch; NaN unless this is a layer with ReLU. */
    double deadShare(int rows) {
        if (block.output() || block.activation() != Activation.RELU) {
            return Double.NaN;
        }
        int dead = 0;
        for (int unit = 0; unit < units; unit++) {
            boolean alive = false;
            for (int row = 0; row < rows && !alive; row++) {
                alive = values[row][unit] > 0;
            }
            dead += alive ? 0 : 1;
        }
        return (double) dead / units;
    }
}
