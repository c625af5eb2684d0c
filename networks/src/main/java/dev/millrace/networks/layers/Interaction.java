package dev.millrace.networks.layers;

import java.util.Arrays;

/**
 * Σ_{i&lt;j} v_i·v_j of vectors in a row: the dot product of two, the second-order term of a factorisation machine of more.
 *
 * <p>Each vector meets the sum of those before it, and on the way back of those before and behind it: as many multiplications as
 * ½·Σ_f((Σ_i v_if)² − Σ_i v_if²) takes, and no difference of large numbers. Sums go over rising vectors, then over rising f.
 */
final class Interaction {

    private final int[] starts;
    private final int width;

    /** {@code [width]} each. */
    private final float[] sums;

    private final float[] products;

    /**
     * @param starts where each vector begins in the row
     * @param width of each
     */
    Interaction(int[] starts, int width) {
        this.starts = starts.clone();
        this.width = width;
        this.sums = new float[width];
        this.products = new float[width];
    }

    /** @param at where the row begins */
    float of(float[] values, int at) {
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
        for (int start : starts) {
            for (int f = 0; f < width; f++) {
                float value = values[at + start + f];
                products[f] = Math.fma(value, sums[f], products[f]);
                sums[f] += value;
            }
        }
        float total = 0;
        for (int f = 0; f < width; f++) {
            total += products[f];
        }
        return total;
    }

    /** Adds {@code delta} times the derivative with respect to the values of the row to its deltas, which lie alike. */
    void addDerivative(float[] values, int at, float delta, float[] deltas) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < starts.length; i++) {
            addSums(values, at + starts[i], delta, deltas);
        }
        Arrays.fill(sums, 0);
        for (int i = starts.length - 1; i >= 0; i--) {
            addSums(values, at + starts[i], delta, deltas);
        }
    }

    private void addSums(float[] values, int from, float delta, float[] deltas) {
        for (int f = 0; f < width; f++) {
            deltas[from + f] = Math.fma(delta, sums[f], deltas[from + f]);
            sums[f] += values[from + f];
        }
    }
}
