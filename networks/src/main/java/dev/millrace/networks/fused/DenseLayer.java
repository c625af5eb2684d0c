package dev.millrace.networks.fused;

import dev.millrace.networks.ParameterLayout.Block;
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

    /** Below it a row of the result is too short for a vector and the product goes along the inputs instead. */
    private static final int NARROW = 8;

    private final Block block;
    private final int inputs;
    private final int units;
    private final boolean narrow;

    private final float[][] weights;
    private final float[][] transposed;
    private final float[] bias;

    /** {@code [inputs][units]}, or {@code [units][inputs]} if narrow. */
    private final float[][] weightGradient;

    private final float[] biasGradient;

    private float[][] dropped = new float[0][];
    private float[][] values = new float[0][];
    private float[][] deltas = new float[0][];
    private float[] mask = new float[0];

    DenseLayer(Block block) {
        this.block = block;
        this.inputs = block.inputs();
        this.units = block.units();
        this.narrow = units < NARROW && inputs > units;
        this.weights = new float[inputs][units];
        this.transposed = new float[units][inputs];
        this.bias = new float[units];
        this.weightGradient = narrow ? new float[units][inputs] : new float[inputs][units];
        this.biasGradient = new float[units];
    }

    Block block() {
        return block;
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

    void reserve(int rows) {
        if (values.length >= rows) {
            return;
        }
        values = new float[rows][units];
        deltas = new float[rows][units];
        if (drops()) {
            dropped = new float[rows][inputs];
            mask = new float[rows * inputs];
        }
    }

    void load(float[] parameters) {
        for (int input = 0; input < inputs; input++) {
            System.arraycopy(parameters, block.weightOffset() + input * units, weights[input], 0, units);
        }
        System.arraycopy(parameters, block.biasOffset(), bias, 0, units);
        if (narrow) {
            transpose();
        }
    }

    /** The way back goes through the transposed weights. */
    void prepareBackward() {
        if (!narrow) {
            transpose();
        }
    }

    private void transpose() {
        for (int input = 0; input < inputs; input++) {
            float[] row = weights[input];
            for (int unit = 0; unit < units; unit++) {
                transposed[unit][input] = row[unit];
            }
        }
    }

    /** {@code [rows * inputs]}; to be filled before {@link #dropOut}. */
    float[] mask() {
        return mask;
    }

    /** Sends the input through the mask. */
    void dropOut(float[][] input, int rows) {
        for (int row = 0; row < rows; row++) {
            float[] from = input[row];
            float[] to = dropped[row];
            int offset = row * inputs;
            for (int i = 0; i < inputs; i++) {
                to[i] = from[i] * mask[offset + i];
            }
        }
    }

    void forward(float[][] input, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(bias, 0, values[row], 0, units);
        }
        if (narrow) {
            PlainLoops.multiplyNarrow(input, transposed, values, rows, inputs, units);
        } else {
            PlainLoops.multiply(input, weights, values, rows, inputs, units);
        }
        if (!block.output()) {
            for (int row = 0; row < rows; row++) {
                RowActivation.apply(block.activation(), values[row], units);
            }
        }
    }

    /** From derivatives with respect to the values to those with respect to the sums; the output layer's are so from the start. */
    void differentiateActivation(int rows) {
        if (!block.output()) {
            for (int row = 0; row < rows; row++) {
                RowActivation.differentiate(block.activation(), values[row], deltas[row], units);
            }
        }
    }

    /** Writes this layer's part of the flat gradient. */
    void differentiateParameters(float[][] input, int rows, float[] gradient) {
        for (float[] row : weightGradient) {
            Arrays.fill(row, 0);
        }
        Arrays.fill(biasGradient, 0);
        if (narrow) {
            PlainLoops.multiplyTransposed(deltas, input, weightGradient, units, rows, inputs);
        } else {
            PlainLoops.multiplyTransposed(input, deltas, weightGradient, inputs, rows, units);
        }
        for (int row = 0; row < rows; row++) {
            PlainLoops.add(biasGradient, deltas[row], units);
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
        for (int row = 0; row < rows; row++) {
            Arrays.fill(inputDeltas[row], 0, inputs, 0);
        }
        PlainLoops.multiply(deltas, transposed, inputDeltas, rows, units, inputs);
        if (throughDropout && drops()) {
            for (int row = 0; row < rows; row++) {
                float[] target = inputDeltas[row];
                int offset = row * inputs;
                for (int i = 0; i < inputs; i++) {
                    target[i] *= mask[offset + i];
                }
            }
        }
    }
}
