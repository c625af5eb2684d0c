package dev.millrace.events;

/**
 * The 64-bit hash that assigns shards, buckets and embedding rows. It is part of the meaning of trained weights and never changes.
 *
 * <p>Over the UTF-16 code units {@code c} of a text, all arithmetic modulo 2<sup>64</sup>:
 *
 * <pre>{@code
 * h = seed
 * for each c:  h = (h xor c) · 0x9E3779B97F4A7C15;  h = h xor (h >>> 32)
 * h = h xor length
 * h = (h xor (h >>> 30)) · 0xBF58476D1CE4E5B9
 * h = (h xor (h >>> 27)) · 0x94D049BB133111EB
 * h = h xor (h >>> 31)
 * }</pre>
 *
 * <p>The last three lines are the finaliser of SplitMix64 (Steele, Lea and Flood, 2014). It is not meant to withstand
 * somebody who constructs collisions.
 */
public final class StableHash {

    private StableHash() {}

    public static long of(CharSequence text, long seed) {
        long hash = seed;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash ^= length;
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }

    /**
     * Spreads a hash evenly over {@code [0, buckets)}: its upper 31 bits as a fraction of one, times {@code buckets}.
     *
     * @param buckets at least 1
     */
    public static int bucket(long hash, int buckets) {
        return (int) (((hash >>> 33) * buckets) >>> 31);
    }
}
