package dev.millrace.operators.ranking;

import dev.millrace.networks.loops.LoopChoice;
import dev.millrace.networks.loops.Loops;
import java.util.Arrays;

/**
 * The vectors of a catalogue's items, in memory, laid out so that a query meets many of them at once: blocks of {@value #BLOCK} items,
 * each a matrix with a row per dimension. A copy: the items hold their vectors themselves.
 */
final class ItemMatrix {

    /** A multiple of {@link Loops#PADDING}. */
    static final int BLOCK = 256;

    private static final float[][][] NO_BLOCKS = {};
    private static final float[] ZEROS = new float[BLOCK];

    private final Loops loops = LoopChoice.CHOSEN;
    private float[][][] blocks = NO_BLOCKS;

    void set(int item, float[] vector) {
        int block = item / BLOCK;
        if (block >= blocks.length) {
            int before = blocks.length;
            blocks = Arrays.copyOf(blocks, Math.max(block + 1, before + before / 2));
            for (int i = before; i < blocks.length; i++) {
                blocks[i] = new float[vector.length][BLOCK];
            }
        }
        for (int i = 0; i < vector.length; i++) {
            blocks[block][i][item % BLOCK] = vector[i];
        }
    }

    /**
     * Multiplies a query with the vectors of one block, each product summed in the order of the dimensions, as
     * {@link CandidateInputs} does for one item.
     *
     * @param query a row of one value per dimension
     * @param products a row of {@code BLOCK}, written; without meaning beyond the last item
     */
    void multiply(int block, float[][] query, float[][] products) {
        loops.multiply(query, blocks[block], ZEROS, products, 1, blocks[block].length, BLOCK);
    }
}
