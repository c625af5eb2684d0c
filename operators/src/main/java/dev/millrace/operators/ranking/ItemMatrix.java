package dev.millrace.operators.ranking;

import java.util.Arrays;

/**
 * The vectors of a catalogue's items, in memory, laid out so that a query meets many of them at once: blocks of {@value #BLOCK} items,
 * in each all first values, then all second ones. A copy: the items hold their vectors themselves.
 */
final class ItemMatrix {

    static final int BLOCK = 256;

    private static final float[][] NO_BLOCKS = {};

    private float[][] blocks = NO_BLOCKS;

    void set(int item, float[] vector) {
        int block = item / BLOCK;
        if (block >= blocks.length) {
            int before = blocks.length;
            blocks = Arrays.copyOf(blocks, Math.max(block + 1, before + before / 2));
            for (int i = before; i < blocks.length; i++) {
                blocks[i] = new float[vector.length * BLOCK];
            }
        }
        for (int i = 0; i < vector.length; i++) {
            blocks[block][i * BLOCK + item % BLOCK] = vector[i];
        }
    }

    /**
     * Multiplies a query with the vectors of one block, each product summed in the order of the dimensions, as
     * {@link CandidateInputs} does for one item.
     *
     * @param products {@code [BLOCK]}, written; without meaning beyond the last item
     */
    void multiply(int block, float[] query, float[] products) {
        float[] values = blocks[block];
        Arrays.fill(products, 0);
        for (int dimension = 0; dimension < query.length; dimension++) {
            addProducts(query[dimension], values, dimension * BLOCK, products);
        }
    }

    private static void addProducts(float factor, float[] values, int from, float[] products) {
        for (int i = 0; i < BLOCK; i++) {
            products[i] = Math.fma(factor, values[from + i], products[i]);
        }
    }
}
