package dev.millrace.networks.loops;

import dev.millrace.networks.learning.DropoutMask;
import dev.millrace.networks.learning.FlatLoops;

/**
 * The loops that a network's time goes into, over whole mini-batches, with the same bits whoever runs them.
 *
 * <p>Matrices are arrays of rows. Every row is padded with room for a multiple of {@link #PADDING} values; what lies in the
 * padding is arbitrary and may be overwritten. Each element of a product is one chain of fused multiply-adds over rising k, each
 * sum of rows one chain of additions over rising rows: tiles, blocks and vector widths change when a link is computed and never
 * their order, so they do not show in the bits.
 */
public interface Loops {

    /** Values of the widest vector: 512 bits. */
    int PADDING = 16;

    /** Length of a padded row of {@code width} values. */
    static int padded(int width) {
        return (width + PADDING - 1) / PADDING * PADDING;
    }

    /** Rows of {@code width} values, padded. */
    static float[][] matrix(int rows, int width) {
        return new float[rows][padded(width)];
    }

    /** The loops of loss and update. */
    FlatLoops flat();

    /** A layer of fewer units goes through {@link #multiplyNarrow}, if it has more inputs than units. */
    int narrowBelow();

    /** {@code out[i][j] = start[j] + Σk left[i][k]·right[k][j]} for i below rows, k below depth, j below width. */
    void multiply(float[][] left, float[][] right, float[] start, float[][] out, int rows, int depth, int width);

    /** {@code out[i][j] = start[i][j] + Σk left[k][i]·right[k][j]} for i below rows, k below depth, j below width. */
    void multiplyTransposed(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int depth, int width);

    /**
     * {@code out[i][j] = start[j] + Σk left[i][k]·right[j][k]}: for a narrow result, whose rows are too short for vectors. Rows go
     * side by side, because a single chain waits for each of its links.
     */
    default void multiplyNarrow(
            float[][] left, float[][] right, float[] start, float[][] out, int rows, int depth, int width) {
        NarrowProduct.multiply(left, right, start, out, rows, depth, width);
    }

    /** Each of the values to 0 where it is negative. */
    void rectify(float[][] values, int rows, int width);

    /** Each of the values to 1 / (1 + e^-value). */
    void sigmoid(float[][] values, int rows, int width);

    void tanh(float[][] values, int rows, int width);

    /** Each of the values where positive as it is, else to e^value − 1. */
    void elu(float[][] values, int rows, int width);

    /** {@link dev.millrace.networks.learning.FloatMath#gelu} */
    void gelu(float[][] values, int rows, int width);

    /** Multiplies the deltas by {@link dev.millrace.networks.learning.FloatMath#geluDerivative} of the sums. */
    void differentiateGelu(float[][] sums, float[][] deltas, int rows, int width);

    /**
     * From derivatives with respect to rectified values to those with respect to the sums before, and their sum:
     * {@code deltas[i][j]} becomes 0 where {@code values[i][j]} is 0; {@code sums[j] = Σi deltas[i][j]}.
     */
    void differentiateRectified(float[][] values, float[][] deltas, float[] sums, int rows, int width);

    /** {@code sums[j] = Σi values[i][j]} */
    void sumRows(float[][] values, float[] sums, int rows, int width);

    /**
     * {@code mask[j]} becomes what {@link DropoutMask#value} says for unit j.
     *
     * @param mask padded
     */
    void fillMask(int rowKey, int threshold, float kept, float[] mask, int width);
}
