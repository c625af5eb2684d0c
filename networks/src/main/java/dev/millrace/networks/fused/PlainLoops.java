package dev.millrace.networks.fused;

/**
 * Matrix products as plain loops that the JIT compiler vectorises.
 *
 * <p>Matrices are arrays of rows: the compiler vectorises a loop only if it indexes every array by the bare loop variable. Each
 * element of a result is one chain of fused multiply-adds over rising k, starting from what the element held; blocking and
 * vector width change when a link is computed and never their order, so they do not show in the bits.
 */
final class PlainLoops {

    /** Rows of the right factor that stay in the first-level cache while all rows of the result pass. */
    private static final int DEPTH_BLOCK = 16;

    private PlainLoops() {}

    /** {@code out[i][j] += Σk left[i][k]·right[k][j]} for i below rows, k below depth, j below width. */
    static void multiply(float[][] left, float[][] right, float[][] out, int rows, int depth, int width) {
        for (int start = 0; start < depth; start += DEPTH_BLOCK) {
            int end = Math.min(depth, start + DEPTH_BLOCK);
            for (int i = 0; i < rows; i++) {
                float[] factors = left[i];
                int k = start;
                for (; k + 4 <= end; k += 4) {
                    addFour(
                            out[i],
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
                for (; k < end; k++) {
                    addOne(out[i], width, right[k], factors[k]);
                }
            }
        }
    }

    /** {@code out[i][j] += Σk left[k][i]·right[k][j]} for i below rows, k below depth, j below width. */
    static void multiplyTransposed(float[][] left, float[][] right, float[][] out, int rows, int depth, int width) {
        for (int start = 0; start < depth; start += DEPTH_BLOCK) {
            int end = Math.min(depth, start + DEPTH_BLOCK);
            for (int i = 0; i < rows; i++) {
                int k = start;
                for (; k + 4 <= end; k += 4) {
                    addFour(
                            out[i],
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
                for (; k < end; k++) {
                    addOne(out[i], width, right[k], left[k][i]);
                }
            }
        }
    }

    /**
     * {@code out[i][j] += Σk left[i][k]·right[j][k]}: for a narrow result, whose rows are too short for vectors. Four rows go
     * side by side, because a single chain waits for each of its links.
     */
    static void multiplyNarrow(float[][] left, float[][] right, float[][] out, int rows, int depth, int width) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            float[] left0 = left[i];
            float[] left1 = left[i + 1];
            float[] left2 = left[i + 2];
            float[] left3 = left[i + 3];
            for (int j = 0; j < width; j++) {
                float[] factors = right[j];
                float sum0 = out[i][j];
                float sum1 = out[i + 1][j];
                float sum2 = out[i + 2][j];
                float sum3 = out[i + 3][j];
                for (int k = 0; k < depth; k++) {
                    float factor = factors[k];
                    sum0 = Math.fma(left0[k], factor, sum0);
                    sum1 = Math.fma(left1[k], factor, sum1);
                    sum2 = Math.fma(left2[k], factor, sum2);
                    sum3 = Math.fma(left3[k], factor, sum3);
                }
                out[i][j] = sum0;
                out[i + 1][j] = sum1;
                out[i + 2][j] = sum2;
                out[i + 3][j] = sum3;
            }
        }
        for (; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                float sum = out[i][j];
                for (int k = 0; k < depth; k++) {
                    sum = Math.fma(left[i][k], right[j][k], sum);
                }
                out[i][j] = sum;
            }
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

    /** {@code out[j] += row[j]} */
    static void add(float[] out, float[] row, int width) {
        for (int j = 0; j < width; j++) {
            out[j] += row[j];
        }
    }
}
