package dev.millrace.evaluation;

/** What the scores of a prediction are, and so how they are measured. Codecs write the ordinal: add at the end only. */
public enum ScoreKind {
    /** Binary: {@code scores: [1]}, the probability of the positive class. A label is 0 or 1. */
    PROBABILITY,
    /** Multiclass: {@code scores: [classes]}, one probability per class. A label is a class index. */
    CLASS_PROBABILITIES,
    /** Regression: {@code scores: [1]}, the predicted value. A label is the target. */
    VALUE;

    /** Whether the numbers are of this kind: the shape is a contract, the values come from a network that may diverge. */
    boolean isUsable(float[] scores, float label, int classes) {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                return false;
            }
        }
        return switch (this) {
            case PROBABILITY -> label == 0f || label == 1f;
            case CLASS_PROBABILITIES -> label >= 0 && label < classes && label == (int) label;
            case VALUE -> Float.isFinite(label);
        };
    }

    void requireShape(float[] scores, int classes) {
        int expected = this == CLASS_PROBABILITIES ? classes : 1;
        if (scores.length != expected) {
            throw new IllegalArgumentException("scores of kind " + this + " must have " + expected + " values, got "
                    + scores.length + "; the evaluation and the model disagree about the task");
        }
    }

    /** The number of classes as every tally of this kind states it. */
    int requireClasses(int classes) {
        int least = this == VALUE ? 0 : 2;
        int most =
                switch (this) {
                    case PROBABILITY -> 2;
                    case CLASS_PROBABILITIES -> Short.MAX_VALUE;
                    case VALUE -> 0;
                };
        if (classes < least || classes > most) {
            throw new IllegalArgumentException("classes of " + this + " must be "
                    + (least == most ? "" + least : least + " to " + most) + ", got " + classes
                    + "; a binary task has 2, a regression 0");
        }
        return classes;
    }

    static IllegalArgumentException mismatch(Tally one, Tally other) {
        return new IllegalArgumentException("a tally of " + one.kind() + " with " + one.classes()
                + " classes cannot take one of " + other.kind() + " with " + other.classes()
                + " classes; start the evaluation anew when the task changes");
    }
}
