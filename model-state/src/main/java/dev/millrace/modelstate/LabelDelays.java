package dev.millrace.modelstate;

import dev.millrace.events.LabelKind;

/**
 * Which labels of each class came in time, counted by one shard. It tells how much an assumed negative is to be doubted.
 *
 * @param positivesInTime events whose first label was positive, and in time
 * @param positivesLate events that were assumed negative until a positive label came
 * @param negativesInTime events whose first label was negative, and in time
 * @param assumedNegatives events that no label came for in time, also those that {@code positivesLate} counts
 */
public record LabelDelays(long positivesInTime, long positivesLate, long negativesInTime, long assumedNegatives) {

    public static final LabelDelays NONE = new LabelDelays(0, 0, 0, 0);

    /**
     * With one label more.
     *
     * @param label of a binary task; above 0 is positive
     * @param afterAssumed whether it replaces a negative that was assumed
     */
    public LabelDelays plus(LabelKind kind, float label, boolean afterAssumed) {
        boolean positive = label > 0;
        return switch (kind) {
            case REAL ->
                positive
                        ? new LabelDelays(positivesInTime + 1, positivesLate, negativesInTime, assumedNegatives)
                        : new LabelDelays(positivesInTime, positivesLate, negativesInTime + 1, assumedNegatives);
            case ASSUMED -> new LabelDelays(positivesInTime, positivesLate, negativesInTime, assumedNegatives + 1);
            case REVISED ->
                positive && afterAssumed
                        ? new LabelDelays(positivesInTime, positivesLate + 1, negativesInTime, assumedNegatives)
                        : this;
        };
    }

    /**
     * κ, how much more often a positive's label misses the deadline than a negative's: the ratio of the shares of positives and
     * of negatives that nothing was known of in time. Each share is estimated by the rule of succession, with one late and no
     * early label more than were counted, so that κ is 1 while nothing is known, and is never 0.
     */
    public double doubt() {
        double lateOfPositives = (positivesLate + 1.0) / (positivesInTime + positivesLate + 1.0);
        double negativesWithout = Math.max(0, assumedNegatives - positivesLate) + 1.0;
        double lateOfNegatives = negativesWithout / (negativesInTime + negativesWithout);
        return lateOfPositives / lateOfNegatives;
    }
}
