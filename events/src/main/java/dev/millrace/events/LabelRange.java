package dev.millrace.events;

import java.io.Serializable;

/**
 * The labels of a regression that can be: a record with another one is rejected.
 *
 * @param min least label
 * @param max greatest label, above {@code min}
 * @param clipsScores whether a score beyond the range is given as its nearer end
 */
public record LabelRange(double min, double max, boolean clipsScores) implements Serializable {

    public LabelRange {
        if (!(min < max)) {
            throw new IllegalArgumentException(
                    "the range of labels must be two numbers, the first below the second, got " + min + " and " + max);
        }
    }

    public boolean contains(double label) {
        return label >= min && label <= max;
    }

    /** Of these scores those beyond the range become its nearer end, in place; NaN stays. */
    public void clip(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.min(Math.max(scores[i], min), max);
        }
    }
}
