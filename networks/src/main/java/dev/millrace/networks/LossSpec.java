package dev.millrace.networks;

import java.io.Serializable;

/**
 * What training makes small: the mean over the rows of a mini-batch, of a ranking over its lists, of row weight × loss. σ is the sigmoid, z the sum
 * of the output unit, y the label.
 */
public sealed interface LossSpec extends Serializable {

    /** Whether the loss is one of this task. */
    default boolean suits(Task task) {
        return switch (task) {
            case BINARY ->
                this instanceof CrossEntropy
                        || this instanceof DelayedFeedback
                        || this instanceof Focal
                        || this instanceof Hinge;
            case MULTICLASS -> this instanceof CrossEntropy || this instanceof Focal;
            case REGRESSION ->
                this instanceof MeanSquaredError || this instanceof MeanAbsoluteError || this instanceof Huber;
            case RANKING -> this instanceof ListwiseSoftmax;
        };
    }

    /** Factor of the loss of positive rows of a binary task; 1 where the loss has none. */
    default float positiveWeight() {
        return 1;
    }

    /**
     * Minus the logarithm of the probability given to the label; for binary tasks −(p·y·ln σ(z) + (1 − y)·ln(1 − σ(z))) with
     * p = {@code positiveWeight}.
     *
     * @param positiveWeight factor of the loss of positive rows, for classes of unequal size; 1 for multiclass tasks
     * @param labelSmoothing ε: what is learned is (1 − ε)·y + ε / classes for each class (Szegedy et al. 2016)
     */
    record CrossEntropy(float positiveWeight, float labelSmoothing) implements LossSpec {
        public CrossEntropy {
            requirePositiveWeight("cross-entropy", positiveWeight);
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException("cross-entropy.label-smoothing must be at least 0 and below 1, got "
                        + labelSmoothing + "; 0 leaves it out, 0.1 is usual");
            }
        }

        public CrossEntropy(float positiveWeight) {
            this(positiveWeight, 0);
        }

        public CrossEntropy() {
            this(1);
        }
    }

    /**
     * Cross-entropy over a stream in which a missing label counts as a negative until a positive one comes after all, for binary
     * tasks.
     *
     * <p>A positive that comes late is learned twice: as an assumed negative, then as a positive. Plain cross-entropy would
     * settle at odds that are too low. So an assumed negative counts only as far as it is a real one: by w = 1 / (1 + κ·o), the
     * probability that no positive is still to come, where o = e^z are the model's own odds, held constant in the derivative, and
     * κ, the row's <em>doubt</em>, is how much more often a positive's label misses the deadline than a negative's. The loss is
     * −p·ln σ(z) of a positive, −ln(1 − σ(z)) of a real negative, −w·ln(1 − σ(z)) of an assumed one, p = {@code positiveWeight}.
     *
     * <p>This is the fake-negative weighting of Ktena et al. 2019 for streams in which some labels are in time. Theirs has every
     * positive late, κ = 1, and w = 1 − σ(z); its common factor 1 + σ(z) is left out, since it would weigh events by their
     * probability. The derivation is in the module's README.
     *
     * @param positiveWeight as of {@link CrossEntropy}
     */
    record DelayedFeedback(float positiveWeight) implements LossSpec {
        public DelayedFeedback {
            requirePositiveWeight("delayed-feedback", positiveWeight);
        }

        /**
         * How {@link Engine#fit} is told of an assumed negative: as the label −κ.
         *
         * @param doubt κ relative to the model's odds, finite and at least 0; 0 is a real negative
         */
        public static float assumedNegative(float doubt) {
            if (!(doubt >= 0 && Float.isFinite(doubt))) {
                throw new IllegalArgumentException("a doubt must be finite and at least 0, got " + doubt
                        + "; it is the ratio of two shares of labels that come late");
            }
            return 0 - doubt;
        }
    }

    /**
     * Cross-entropy that turns away from rows that are right already (Lin et al. 2017): of the label's probability p
     * −(1 − p)^γ·ln p; for binary tasks −(w·y·(1 − σ(z))^γ·ln σ(z) + (1 − y)·σ(z)^γ·ln(1 − σ(z))) with w =
     * {@code positiveWeight}.
     *
     * @param gamma γ, 0 to 10; 0 is cross-entropy
     * @param positiveWeight as of {@link CrossEntropy}
     */
    record Focal(float gamma, float positiveWeight) implements LossSpec {
        public static final float DEFAULT_GAMMA = 2;

        public Focal {
            if (!(gamma >= 0 && gamma <= 10)) {
                throw new IllegalArgumentException(
                        "focal.gamma must be between 0 and 10, got " + gamma + "; leave it at " + DEFAULT_GAMMA);
            }
            requirePositiveWeight("focal", positiveWeight);
        }

        public Focal() {
            this(DEFAULT_GAMMA, 1);
        }
    }

    /**
     * y·max(0, 1 − z) + (1 − y)·max(0, 1 + z), for binary tasks; its derivative at a margin of 1 is 0. The score is σ(z) as ever: it
     * orders the rows, but is no probability.
     */
    record Hinge() implements LossSpec {}

    /** (ŷ − y)² */
    record MeanSquaredError() implements LossSpec {}

    /** |ŷ − y|; its derivative at 0 is 0. */
    record MeanAbsoluteError() implements LossSpec {}

    /** (ŷ − y)² / 2 for errors up to δ, δ·(|ŷ − y| − δ / 2) beyond (Huber 1964). */
    record Huber(float delta) implements LossSpec {
        public static final float DEFAULT_DELTA = 1;

        public Huber {
            if (!(delta > 0 && Float.isFinite(delta))) {
                throw new IllegalArgumentException("huber.delta must be positive and finite, got " + delta
                        + "; set it to the size of an ordinary error, e.g. 1");
            }
        }

        public Huber() {
            this(DEFAULT_DELTA);
        }
    }

    /**
     * −ln(e^z₀ / Σ e^z) over the rows of a list, whose first was chosen among the others: the top-one probability of ListNet (Cao
     * et al. 2007); over sampled others it is the sampled softmax. A mini-batch is lists one after the other: a label of 1 opens a
     * list, the zeros that follow are its others. The loss is the mean over lists, and a list has the weight of its first row.
     */
    record ListwiseSoftmax() implements LossSpec {}

    private static void requirePositiveWeight(String loss, float value) {
        if (!(value > 0 && Float.isFinite(value))) {
            throw new IllegalArgumentException(loss + ".positive-weight must be positive and finite, got " + value
                    + "; set it to about negatives / positives, or leave it at 1");
        }
    }
}
