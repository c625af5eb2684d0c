package dev.millrace.features.ranking;

import java.util.Locale;

/**
 * One input of a model that ranks items: what one candidate item means to one user, before the event that is scored. Counts
 * are those of the shard. Each is standardised as every other input.
 */
public enum CandidateInput {
    /** ln(1 + Σ over the user's last items j of S(j, i)), where S counts how often i and j were taken within so many of each other. */
    LAST_PAIRS,
    /**
     * ln(1 + 10 · Σ over the user's history j of H(j, i) / √(n(j) + 1) / √(n(i) + 1) / √(h + 1)): pairs within the history,
     * relative to how often the items are taken at all and to h, the items the user has.
     */
    HISTORY_PAIRS,
    /** ln(1 + n(i)), where n counts how often an item was taken. */
    COUNT,
    /** ln(1 + events since the item was first taken). */
    AGE,
    /** ln(1 + h), h the number of items the user has. The same for all candidates: it tells how far to trust the others. */
    HISTORY_LENGTH,
    /** The product of the item's vector with the mean of the vectors of the user's last items; both are learned. */
    SIMILARITY;

    private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** What the pipeline file calls it. */
    public String key() {
        return key;
    }
}
