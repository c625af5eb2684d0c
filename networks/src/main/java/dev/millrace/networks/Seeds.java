package dev.millrace.networks;

/**
 * Random numbers as pure functions of what they are for: no generator whose position would have to be saved.
 *
 * <p>Mixing is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford).
 */
public final class Seeds {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** Seed of one of several models of a pipeline: shard i has the same whatever key it got. */
    public static long ofShard(long seed, int shard) {
        return mix(seed, shard);
    }

    /** A well-mixed function of both; not symmetric. */
    public static long mix(long seed, long value) {
        return mix(mix(seed) + (value + 1) * GOLDEN_GAMMA);
    }

    /** A well-mixed permutation of all longs. */
    public static long mix(long value) {
        long z = value + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
