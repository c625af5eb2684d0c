package dev.millrace.features;

/**
 * How often the values of a feature were not as one wishes, since its encoder was made. Written by the thread that encodes;
 * others may read, and see a count that is a little old.
 */
public final class FeatureCounts {

    private long missing;
    private long outOfRange;
    private long unseen;

    FeatureCounts() {}

    /** Events without the value. */
    public long missing() {
        return missing;
    }

    /** Numbers beyond their range, see {@link Gaps}, or beyond that of a float; ids that are too long; whatever became of them. */
    public long outOfRange() {
        return outOfRange;
    }

    /** Categories that a {@link Feature.OneHot} does not list. */
    public long unseen() {
        return unseen;
    }

    void countMissing() {
        missing++;
    }

    void countOutOfRange() {
        outOfRange++;
    }

    void countUnseen() {
        unseen++;
    }
}
