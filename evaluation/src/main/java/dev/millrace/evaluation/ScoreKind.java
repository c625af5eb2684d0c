package dev.millrace.evaluation;

/** What the scores of a prediction are, and so how they are measured. Codecs write the ordinal: add at the end only. */
public enum ScoreKind {
    /** Binary: {@code scores: [1]}, the probability of the positive class. A label is 0 or 1. */
    PROBABILITY,
    /** Multiclass: {@code scores: [classes]}, one probability per class. A label is a class index. */
    CLASS_PROBABILITIES,
    /** Regression: {@code scores: [1]}, the predicted value. A label is the target. */
    VALUE,
    /** Ranking: {@code scores} as {@link RankingOutcome#toScores} writes them. The label is 1: an item was taken. */
    RANKS;

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
            case RANKS -> label == 1f && RankingOutcome.isUsable(scores);
        };
    }

    void requireShape(float[] scores, int classes) {
        if (this == RANKS) {
            RankingOutcome.requireShape(scores);
            return;
        }
        int expected = this == CLASS_PROBABILITIES ? classes : 1;
        if (scores.length != expected) {
            throw new IllegalArgumentException("scores of kind " + this + " must have " + expected + " values, got "
                    + scores.length + "; the evaluation and the model disagree about the task");
        }
    }

    /** The number of classes as every tally of this kind states it. */
    int requireClasses(int classes) {
        int least =
                switch (this) {
                    case PROBABILITY, CLASS_PROBABILITIES -> 2;
                    case VALUE, RANKS -> 0;
                };
        int most =
                switch (this) {
                    case PROBABILITY -> 2;
                    case CLASS_PROBABILITIES -> Short.MAX_VALUE;
                    case VALUE, RANKS -> 0;
                };
        if (classes < least || classes > most) {
            throw new IllegalArgumentException("classes of " + this + " must be "
                    + (least == most ? "" + least : least + " to " + most) + ", got " + classes
                    + "; a binary task has 2, a regression or ranking 0");
        }
        return classes;
    }

    static IllegalArgumentException mismatch(Tally one, Tally other) {
        return new IllegalArgumentException("a tally of " + one.kind() + " with " + one.classes()
                + " classes cannot take one of " + other.kind() + " with " + other.classes()
                + " classes; start the evaluation anew when the task changes");
    }
}
