package dev.millrace.networks.loops;

import dev.millrace.networks.learning.DropoutMask;
import dev.millrace.networks.learning.FlatLoops;
import dev.millrace.networks.learning.FloatMath;
import java.util.Arrays;

/**
 * Plain loops that the JIT compiler vectorises. It does so only where a loop indexes every array by the bare loop variable: hence
 * rows as arrays of their own, and one row at a time.
 */
final class PlainLoops implements Loops {

    /** Rows of the right factor that stay in the first-level cache while all rows of the result pass. */
    private static final int DEPTH_BLOCK = 16;

    @Override
    public FlatLoops flat() {
        return FlatLoops.PLAIN;
    }

    /** Below it a row of the result is too short for a vector and the product goes along the inputs instead. */
    @Override
    public int narrowBelow() {
        return 8;
    }

    @Override
    public void multiply(
            float[][] left, float[][] right, float[] start, float[][] out, int rows, int depth, int width) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(start, 0, out[i], 0, width);
        }
        for (int block = 0; block < depth; block += DEPTH_BLOCK) {
            int end = Math.min(depth, block + DEPTH_BLOCK);
            for (int i = 0; i < rows; i++) {
                multiplyRow(left[i], right, out[i], block, end, width);
            }
        }
    }

    private static void multiplyRow(float[] factors, float[][] right, float[] out, int from, int to, int width) {
        int k = from;
        for (; k + 4 <= to; k += 4) {
            addFour(
                    out,
                    width,
                    right[k],
                    right[k + 1],
                    right[k + 2],
                    right[k + 3],
                    factors[k],
                    factors[k + 1],
                    factors[k + 2],
                    factors[k + 3]);
        }
        for (; k < to; k++) {
            addOne(out, width, right[k], factors[k]);
        }
    }

    @Override
    public void multiplyTransposed(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int depth, int width) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(start[i], 0, out[i], 0, width);
        }
        for (int block = 0; block < depth; block += DEPTH_BLOCK) {
            int end = Math.min(depth, block + DEPTH_BLOCK);
            for (int i = 0; i < rows; i++) {
                multiplyColumn(left, i, right, out[i], block, end, width);
            }
        }
    }

    private static void multiplyColumn(
            float[][] left, int i, float[][] right, float[] out, int from, int to, int width) {
        int k = from;
        for (; k + 4 <= to; k += 4) {
            addFour(
                    out,
                    width,
                    right[k],
                    right[k + 1],
                    right[k + 2],
                    right[k + 3],
                    left[k][i],
                    left[k + 1][i],
                    left[k + 2][i],
                    left[k + 3][i]);
        }
        for (; k < to; k++) {
            addOne(out, width, right[k], left[k][i]);
        }
    }

    private static void addFour(
            float[] out,
            int width,
            float[] row0,
            float[] row1,
            float[] row2,
            float[] row3,
            float factor0,
            float factor1,
            float factor2,
            float factor3) {
        for (int j = 0; j < width; j++) {
            out[j] = Math.fma(
                    factor3,
                    row3[j],
                    Math.fma(factor2, row2[j], Math.fma(factor1, row1[j], Math.fma(factor0, row0[j], out[j]))));
        }
    }

    private static void addOne(float[] out, int width, float[] row, float factor) {
        for (int j = 0; j < width; j++) {
            out[j] = Math.fma(factor, row[j], out[j]);
        }
    }

    @Override
    public void rectify(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            rectify(values[i], width);
        }
    }

    private static void rectify(float[] row, int width) {
        for (int j = 0; j < width; j++) {
            row[j] = Math.max(0, row[j]);
        }
    }

    @Override
    public void sigmoid(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            float[] row = values[i];
            for (int j = 0; j < width; j++) {
                row[j] = FloatMath.sigmoid(row[j]);
            }
        }
    }

    @Override
    public void tanh(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            float[] row = values[i];
            for (int j = 0; j < width; j++) {
                row[j] = FloatMath.tanh(row[j]);
            }
        }
    }

    @Override
    public void elu(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            float[] row = values[i];
            for (int j = 0; j < width; j++) {
                row[j] = FloatMath.elu(row[j]);
            }
        }
    }

    @Override
    public void gelu(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            float[] row = values[i];
            for (int j = 0; j < width; j++) {
                row[j] = FloatMath.gelu(row[j]);
            }
        }
    }

    @Override
    public void differentiateGelu(float[][] sums, float[][] deltas, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            float[] row = sums[i];
            float[] delta = deltas[i];
            for (int j = 0; j < width; j++) {
                delta[j] *= FloatMath.geluDerivative(row[j]);
            }
        }
    }

    @Override
    public void differentiateRectified(float[][] values, float[][] deltas, float[] sums, int rows, int width) {
        Arrays.fill(sums, 0, width, 0);
        for (int i = 0; i < rows; i++) {
            differentiateRectified(values[i], deltas[i], sums, width);
        }
    }

    /**
     * A value that was let through is positive: times 2^149 even the smallest is at least 1. This says "1 if positive, else 0"
     * without a branch, which would be mispredicted half the time and not be vectorised.
     */
    private static void differentiateRectified(float[] values, float[] deltas, float[] sums, int width) {
        for (int j = 0; j < width; j++) {
            float delta = deltas[j] * Math.min(1, values[j] * 0x1p100f * 0x1p49f);
            deltas[j] = delta;
            sums[j] += delta;
        }
    }

    @Override
    public void sumRows(float[][] values, float[] sums, int rows, int width) {
        Arrays.fill(sums, 0, width, 0);
        for (int i = 0; i < rows; i++) {
            add(sums, values[i], width);
        }
    }

    private static void add(float[] sums, float[] row, int width) {
        for (int j = 0; j < width; j++) {
            sums[j] += row[j];
        }
    }

    @Override
    public void fillMask(int rowKey, int threshold, float kept, float[] mask, int width) {
        for (int j = 0; j < width; j++) {
            mask[j] = DropoutMask.value(rowKey, j, threshold, kept);
        }
    }

    @Override
    public String toString() {
        return "plain loops";
    }
}
