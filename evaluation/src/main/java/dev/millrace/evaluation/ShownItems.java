package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Estimates how many distinct items were shown, by linear counting over the {@value RankingOutcome#BUCKETS} buckets that items
 * are hashed into: −m·ln(empty buckets / m) of m buckets (Whang, Vander-Zanden and Taylor, "A linear-time probabilistic
 * counting algorithm for database applications", 1990, eq. 2).
 *
 * <p>A bucket holds how often it was hit, so that everything can be taken back. Its standard error is
 * 0.6% of 1,000 or 10,000 items and 2.7% of 100,000; of some 160,000 or more no bucket may be left empty, and there is no estimate.
 *
 * <p>Memory: nothing before the first count, then 128 KiB.
 */
final class ShownItems {

    private long[] counts = {};

    void add(int bucket, int times) {
        reserve();
        counts[bucket] += times;
    }

    /** Adds the other counts that many times: 1 merges, −1 takes back. */
    void add(ShownItems other, int times) {
        if (other.counts.length == 0) {
            return;
        }
        reserve();
        for (int i = 0; i < counts.length; i++) {
            counts[i] += times * other.counts[i];
        }
    }

    private void reserve() {
        if (counts.length == 0) {
            counts = new long[RankingOutcome.BUCKETS];
        }
    }

    /** Empty if every bucket was hit. */
    OptionalDouble distinct() {
        int used = used();
        if (used == RankingOutcome.BUCKETS) {
            return OptionalDouble.empty();
        }
        double buckets = RankingOutcome.BUCKETS;
        return OptionalDouble.of(-buckets * StrictMath.log1p(-used / buckets));
    }

    private int used() {
        int used = 0;
        for (long count : counts) {
            used += count != 0 ? 1 : 0;
        }
        return used;
    }

    /** The number of buckets that were hit; of each how many buckets further it is than the one before, and its count. */
    void write(DataOutput output) throws IOException {
        Wire.writeUnsigned(output, used());
        int before = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] != 0) {
                Wire.writeUnsigned(output, bucket - before);
                Wire.writeSigned(output, counts[bucket]);
                before = bucket;
            }
        }
    }

    static ShownItems read(DataInput input) throws IOException {
        ShownItems shown = new ShownItems();
        int used = Wire.readCount(input);
        long bucket = 0;
        for (int i = 0; i < used; i++) {
            bucket += Wire.readCount(input);
            if (bucket >= RankingOutcome.BUCKETS) {
                throw new IOException(
                        "an item in bucket " + bucket + " of " + RankingOutcome.BUCKETS + ": the bytes are damaged");
            }
            shown.reserve();
            shown.counts[(int) bucket] = Wire.readSigned(input);
        }
        return shown;
    }
}
