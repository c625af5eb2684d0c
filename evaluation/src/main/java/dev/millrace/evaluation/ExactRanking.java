package dev.millrace.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Exact ROC AUC and average precision of scores that are all at hand: the reference for {@link Tally}, which knows them
 * on a grid only.
 *
 * <p>One sort of a packed copy: 8 bytes and O(log n) per score.
 */
public final class ExactRanking {

    private final long positives;
    private final long negatives;
    private final double rocAuc;
    private final double averagePrecision;

    /**
     * @param scores any floats but NaN; higher means more likely positive
     * @param labels 0 or 1, one per score
     * @throws IllegalArgumentException if lengths differ, a score is NaN or a label is neither
     */
    public ExactRanking(float[] scores, float[] labels) {
        if (scores.length != labels.length) {
            throw new IllegalArgumentException(
                    "each score needs one label, got " + scores.length + " scores and " + labels.length + " labels");
        }
        long[] packed = new long[scores.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = packed(scores[i], labels[i], i);
        }
        Arrays.sort(packed);

        long above = 0;
        for (long row : packed) {
            above += row & 1;
        }
        positives = above;
        negatives = packed.length - above;
        // Lowest score first. Every run of equal scores is one threshold.
        long positivesBelow = 0;
        long negativesBelow = 0;
        double twicePairs = 0;
        double precisions = 0;
        for (int start = 0, end; start < packed.length; start = end) {
            long tied = 0;
            for (end = start; end < packed.length && packed[end] >> 1 == packed[start] >> 1; end++) {
                tied += packed[end] & 1;
            }
            long tiedNegatives = end - start - tied;
            twicePairs += (double) tied * (2 * negativesBelow + tiedNegatives);
            precisions += (double) tied * (positives - positivesBelow) / (packed.length - start);
            positivesBelow += tied;
            negativesBelow += tiedNegatives;
        }
        rocAuc = twicePairs / 2 / ((double) positives * negatives);
        averagePrecision = precisions / positives;
    }

    /** The score in the order of its value, then the label in the last bit. */
    private static long packed(float score, float label, int row) {
        if (Float.isNaN(score) || (label != 0f && label != 1f)) {
            throw new IllegalArgumentException("row " + row + " must have a number as score and 0 or 1 as label, got "
                    + score + " and " + label + "; leave such rows out");
        }
        // Adding zero makes the two zeros one.
        int bits = Float.floatToIntBits(score + 0f);
        int ordered = bits < 0 ? Integer.MIN_VALUE - bits : bits;
        return (long) ordered << 1 | (label == 1f ? 1 : 0);
    }

    public long positives() {
        return positives;
    }

    public long negatives() {
        return negatives;
    }

    /** Probability that a positive scores higher than a negative, ties one half; empty with one class only. */
    public OptionalDouble rocAuc() {
        return positives > 0 && negatives > 0 ? OptionalDouble.of(rocAuc) : OptionalDouble.empty();
    }

    /** Sum over distinct scores of precision × gain in recall, without interpolation; empty without positives. */
    public OptionalDouble averagePrecision() {
        return positives > 0 ? OptionalDouble.of(averagePrecision) : OptionalDouble.empty();
    }
}
