package dev.millrace.features;

import java.io.Serializable;

/**
 * What a number counts as that is missing or out of range; the transforms follow.
 *
 * @param min least number in range; negative infinity for none
 * @param max greatest number in range; positive infinity for none
 * @param outside what a number out of range counts as
 * @param substitute what a missing number counts as; NaN: it stays missing, and the model puts its mean in its place
 * @param indicated whether a further input says, 1 or 0, that the number is missing
 */
public record Gaps(double min, double max, Outside outside, double substitute, boolean indicated)
        implements Serializable {

    /** Every number is in range, a missing one stays missing. */
    public static final Gaps NONE =
            new Gaps(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Outside.MISSING, Double.NaN, false);

    public Gaps {
        if (!(min < max)) {
            throw new IllegalArgumentException(
                    "a range needs min below max, got min " + min + " and max " + max + "; exchange or widen them");
        }
        if (Math.abs(substitute) > Float.MAX_VALUE) {
            throw new IllegalArgumentException("the substitute must be a finite float or NaN, got " + substitute);
        }
    }

    /** What becomes of a number that is out of range. */
    public enum Outside {
        /** It is the nearest number in range. */
        CLIP,
        /** It is missing. */
        MISSING
    }
}
