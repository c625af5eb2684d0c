package dev.millrace.evaluation;

/**
 * What one score costs, given its label.
 *
 * <p>{@link StrictMath} where a function is not exact: it gives the same bits on every machine.
 *
 * @param logLoss −ln of the probability that the label was given; 0 in a regression or ranking
 * @param correct whether the most probable class is the label, or the item among the first ten; false in a regression
 * @param squaredError (score − label)²; multiclass: mean over the classes; 0 in a ranking
 * @param absoluteError |score − label|; 0 in a multiclass task or ranking
 * @param gain {@link RankingOutcome#gain} of the model's rank; 0 but in a ranking
 */
record Loss(double logLoss, boolean correct, double squaredError, double absoluteError, double gain) {

    /** Probabilities are clipped to [epsilon, 1 − epsilon], about a float's distance from 1: no loss exceeds 16.12. */
    static final double EPSILON = 1e-7;

    /** Of scores and a label that are usable and of the right shape. */
    static Loss of(ScoreKind kind, float[] scores, float label) {
        return switch (kind) {
            case PROBABILITY -> {
                double probability = probability(scores[0]);
                double given = label == 1f ? probability : 1 - probability;
                double error = probability - label;
                // At one half the lower class wins, as it does among many.
                yield new Loss(
                        logarithmic(given), (probability > 0.5) == (label == 1f), error * error, Math.abs(error), 0);
            }
            case CLASS_PROBABILITIES -> {
                int labelled = (int) label;
                double squares = 0;
                for (int i = 0; i < scores.length; i++) {
                    double error = probability(scores[i]) - (i == labelled ? 1 : 0);
                    squares += error * error;
                }
                yield new Loss(
                        logarithmic(probability(scores[labelled])),
                        mostProbable(scores) == labelled,
                        squares / scores.length,
                        0,
                        0);
            }
            case VALUE -> {
                double error = (double) scores[0] - label;
                yield new Loss(0, false, error * error, Math.abs(error), 0);
            }
            case RANKS -> {
                int rank = RankingOutcome.fromScores(scores).rank();
                yield new Loss(0, RankingOutcome.isHit(rank), 0, 0, RankingOutcome.gain(rank));
            }
        };
    }

    /** A softmax may end an ulp above one. */
    static double probability(float score) {
        return Math.min(1, Math.max(0, score));
    }

    static int mostProbable(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double logarithmic(double probability) {
        return -StrictMath.log(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
    }
}
