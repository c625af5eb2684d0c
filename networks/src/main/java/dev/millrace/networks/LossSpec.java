package dev.millrace.networks;

import java.io.Serializable;

/** What training makes small: the mean over the rows of a mini-batch of row weight × loss of the row. */
public sealed interface LossSpec extends Serializable {

    /**
     * Minus the logarithm of the probability given to the label; for binary tasks −(p·y·ln σ(z) + (1 − y)·ln(1 − σ(z))) with
     * p = {@code positiveWeight}.
     *
     * @param positiveWeight factor of the loss of positive rows, for classes of unequal size; 1 for multiclass tasks
     */
    record CrossEntropy(float positiveWeight) implements LossSpec {
        public CrossEntropy {
            if (!(positiveWeight > 0 && Float.isFinite(positiveWeight))) {
                throw new IllegalArgumentException("cross-entropy.positive-weight must be positive and finite, got "
                        + positiveWeight + "; set it to about negatives / positives, or leave it at 1");
            }
        }

        public CrossEntropy() {
            this(1);
        }
    }

    /** (ŷ − y)² */
    record MeanSquaredError() implements LossSpec {}

    /** |ŷ − y|; its derivative at 0 is 0. */
    record MeanAbsoluteError() implements LossSpec {}
}
