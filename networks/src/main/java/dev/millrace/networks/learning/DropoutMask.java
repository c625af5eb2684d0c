package dev.millrace.networks.learning;

import dev.millrace.networks.Seeds;

/**
 * Which values dropout keeps: a pure function of (seed, update, layer, row, unit), so that nothing of it is saved and a
 * mini-batch after a restore drops what it would have dropped.
 */
public final class DropoutMask {

    private DropoutMask() {}

    /**
     * Writes 0 for a dropped value and 1 / (1 − rate) for a kept one.
     *
     * @param update number of updates before this one
     * @param mask {@code [rows, units]}
     */
    public static void fill(long seed, long update, int layer, float rate, int rows, int units, float[] mask) {
        long layerSeed = Seeds.mix(Seeds.mix(seed, update), layer);
        int threshold = (int) (rate * 0x1p24);
        float kept = 1 / (1 - rate);
        for (int row = 0; row < rows; row++) {
            int rowKey = (int) Seeds.mix(layerSeed, row);
            int offset = row * units;
            for (int unit = 0; unit < units; unit++) {
                mask[offset + unit] = (mix(rowKey + unit * 0x9E3779B9) >>> 8) < threshold ? 0 : kept;
            }
        }
    }

    /** The finaliser of MurmurHash3 (32 bits): a permutation of all ints. */
    private static int mix(int value) {
        int z = value;
        z = (z ^ (z >>> 16)) * 0x85EBCA6B;
        z = (z ^ (z >>> 13)) * 0xC2B2AE35;
        return z ^ (z >>> 16);
    }
}
