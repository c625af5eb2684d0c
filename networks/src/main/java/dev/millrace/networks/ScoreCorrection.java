package dev.millrace.networks;

/**
 * From the score of a binary network to the probability that it stands for in the stream of events.
 *
 * <p>A network that learned from β of the negatives and counted each positive w times has seen the odds w·p / (β·(1 − p)) where the
 * stream has p / (1 − p). Its log-odds are therefore too high by the constant ln w − ln β, which is taken away: Elkan,
 * <i>The Foundations of Cost-Sensitive Learning</i>, 2001, theorem 2; Dal Pozzolo et al., <i>Calibrating Probability with
 * Undersampling</i>, 2015, equation 4. In odds, with f the score:
 *
 * <pre>
 *   odds = β / w · f / (1 − f)
 * </pre>
 *
 * <p>Focal loss is least at another score than the probability, which this undoes too: at its minimum the slopes of the two
 * classes balance, w·p·s₁ = β·(1 − p)·s₀, where s₁ = (1 − f)^γ·(γ·f·(−ln f) + 1 − f) and s₀ = f^γ·(γ·(1 − f)·(−ln(1 − f)) + f)
 * are the sizes of the derivatives by the log-odds (Charoenphakdee et al., <i>On Focal Loss for Class-Posterior Probability
 * Estimation</i>, 2021, for γ alone). So odds = β / w · s₀ / s₁.
 *
 * <p>The order of scores stays. With cross-entropy the log-odds only move by a constant, so that what an input contributes
 * to them is the same before and after. Label smoothing stays in the probabilities. Hinge loss gives none: its scores, and
 * those of other tasks, are left as they are.
 */
public final class ScoreCorrection {

    private final boolean needed;
    private final double oddsFactor;
    private final double gamma;

    /**
     * @param negativesShare β: share of the negatives that is learned from, above 0, at most 1
     * @throws IllegalArgumentException if β is not in its range
     */
    public ScoreCorrection(NetworkSpec spec, double negativesShare) {
        if (!(negativesShare > 0 && negativesShare <= 1)) {
            throw new IllegalArgumentException("the share of negatives that is learned from must be above 0 and at most"
                    + " 1, got " + negativesShare + "; 1 learns from all of them");
        }
        boolean probability = spec.task() == Task.BINARY && !(spec.loss() instanceof LossSpec.Hinge);
        this.oddsFactor = negativesShare / spec.loss().positiveWeight();
        this.gamma = spec.loss() instanceof LossSpec.Focal focal ? focal.gamma() : 0;
        this.needed = probability && (oddsFactor != 1 || gamma > 0);
    }

    /** β / w: the odds in the stream for odds of 1 in what was learned from. */
    public double oddsFactor() {
        return oddsFactor;
    }

    /** @param scores of one row, as the engine gives them; changed in place */
    public void apply(float[] scores) {
        if (needed) {
            scores[0] = probability(scores[0]);
        }
    }

    private float probability(float score) {
        double f = score;
        if (gamma == 0 || f <= 0 || f >= 1) {
            return (float) (oddsFactor * f / (oddsFactor * f + (1 - f)));
        }
        double logOfPositive = StrictMath.log(f);
        double logOfNegative = StrictMath.log1p(-f);
        double logOdds = StrictMath.log(oddsFactor)
                + gamma * (logOfPositive - logOfNegative)
                + StrictMath.log(f - gamma * (1 - f) * logOfNegative)
                - StrictMath.log(1 - f - gamma * f * logOfPositive);
        return (float) (1 / (1 + StrictMath.exp(-logOdds)));
    }
}
