package dev.millrace.networks.learning;

import dev.millrace.networks.Seeds;

/**
 * Which values dropout keeps: a pure function of (seed, update, layer, row, unit), so that nothing of it is saved and a
 * mini-batch after a restore drops what it would have dropped.
 */
public final class DropoutMask {

    /** Between the hashed numbers of neighbours. */
    public static final int UNIT_STEP = 0x9E3779B9;

    private DropoutMask() {}

    /**
     * Writes 0 for a dropped value and 1 / (1 − rate) for a kept one.
     *
     * @param update number of updates before this one
     * @param mask {@code [rows, units]}
     */
    public static void fill(long seed, long update, int layer, float rate, int rows, int units, float[] mask) {
        int threshold = threshold(rate);
        float kept = kept(rate);
        for (int row = 0; row < rows; row++) {
            int rowKey = rowKey(seed, update, layer, row);
            int offset = row * units;
            for (int unit = 0; unit < units; unit++) {
                mask[offset + unit] = value(rowKey, unit, threshold, kept);
            }
        }
    }

    /** What a row's values are a function of, with the unit. */
    public static int rowKey(long seed, long update, int layer, int row) {
        return (int) Seeds.mix(Seeds.mix(Seeds.mix(seed, update), layer), row);
    }

    /** A value is dropped if the upper 24 bits of its hash are below. */
    public static int threshold(float rate) {
        return (int) (rate * 0x1p24);
    }

    /** What takes the place of 1. */
    public static float kept(float rate) {
        return 1 / (1 - rate);
    }

    /** The value of one unit; without a branch, which chance would mispredict. */
    public static float value(int rowKey, int unit, int threshold, float kept) {
        int dropped = ((mix(rowKey + unit * UNIT_STEP) >>> 8) - threshold) >> 31;
        return Float.intBitsToFloat(Float.floatToRawIntBits(kept) & ~dropped);
    }

    /** The finaliser of MurmurHash3 (32 bits): a permutation of all ints. */
    private static int mix(int value) {
        int z = value;
        z = (z ^ (z >>> 16)) * 0x85EBCA6B;
        z = (z ^ (z >>> 13)) * 0xC2B2AE35;
        return z ^ (z >>> 16);
    }
}
