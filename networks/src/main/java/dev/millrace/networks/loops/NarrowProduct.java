package dev.millrace.networks.loops;

/** {@link Loops#multiplyNarrow}. */
final class NarrowProduct {

    private NarrowProduct() {}

    static void multiply(
            float[][] left, float[][] right, float[] start, float[][] out, int rows, int depth, int width) {
        for (int j = 0; j < width; j++) {
            float[] factors = right[j];
            int i = 0;
            for (; i + 8 <= rows; i += 8) {
                eightRows(left, factors, start[j], out, i, j, depth);
            }
            for (; i < rows; i++) {
                out[i][j] = oneRow(left[i], factors, start[j], depth);
            }
        }
    }

    private static void eightRows(
            float[][] left, float[] factors, float start, float[][] out, int i, int j, int depth) {
        float[] left0 = left[i];
        float[] left1 = left[i + 1];
        float[] left2 = left[i + 2];
        float[] left3 = left[i + 3];
        float[] left4 = left[i + 4];
        float[] left5 = left[i + 5];
        float[] left6 = left[i + 6];
        float[] left7 = left[i + 7];
        float sum0 = start;
        float sum1 = start;
        float sum2 = start;
        float sum3 = start;
        float sum4 = start;
        float sum5 = start;
        float sum6 = start;
        float sum7 = start;
        for (int k = 0; k < depth; k++) {
            float factor = factors[k];
            sum0 = Math.fma(left0[k], factor, sum0);
            sum1 = Math.fma(left1[k], factor, sum1);
            sum2 = Math.fma(left2[k], factor, sum2);
            sum3 = Math.fma(left3[k], factor, sum3);
            sum4 = Math.fma(left4[k], factor, sum4);
            sum5 = Math.fma(left5[k], factor, sum5);
            sum6 = Math.fma(left6[k], factor, sum6);
            sum7 = Math.fma(left7[k], factor, sum7);
        }
        out[i][j] = sum0;
        out[i + 1][j] = sum1;
        out[i + 2][j] = sum2;
        out[i + 3][j] = sum3;
        out[i + 4][j] = sum4;
        out[i + 5][j] = sum5;
        out[i + 6][j] = sum6;
        out[i + 7][j] = sum7;
    }

    private static float oneRow(float[] row, float[] factors, float start, int depth) {
        float sum = start;
        for (int k = 0; k < depth; k++) {
            sum = Math.fma(row[k], factors[k], sum);
        }
        return sum;
    }
}
