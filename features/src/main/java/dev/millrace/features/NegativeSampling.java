package dev.millrace.features;

import dev.millrace.events.EventId;
import dev.millrace.events.StableHash;
import java.io.Serializable;

/**
 * Which negatives are learned from where there are too many: a fixed hash of seed and event id decides, so that it depends on
 * the event alone, wherever and whenever its label comes.
 *
 * <p>A model that learned from such a sample gives probabilities that are too high; {@code ScoreCorrection} sets them right.
 *
 * @param share of the negatives that are kept, above 0, at most 1
 */
public record NegativeSampling(float share, long seed) implements Serializable {

    /** Every negative is learned from. */
    public static final NegativeSampling NONE = new NegativeSampling(1, 0);

    /** Other than those of shards and buckets: what is kept is spread over all of them. */
    private static final long SAMPLING_SEED = 0x6E65676174697665L;

    /** Hashes are compared by their upper 53 bits, which are a double exactly. */
    private static final double STEP = 0x1p-53;

    public NegativeSampling {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share of negatives that are kept must be above 0 and at most 1, got " + share
                            + "; 0.1 keeps one in ten");
        }
    }

    public boolean keeps(EventId id) {
        return share == 1 || (StableHash.of(id.toString(), seed ^ SAMPLING_SEED) >>> 11) * STEP < share;
    }
}
