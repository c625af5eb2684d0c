package dev.millrace.evaluation;

import java.util.Arrays;
import java.util.Random;

/** Measures by their definitions, with no regard for time or memory. */
final class BruteForce {

    private BruteForce() {}

    /** Over all pairs of a positive and a negative: 1 if the positive scores higher, ½ if they tie. */
    static double rocAuc(float[] scores, float[] labels) {
        double wins = 0;
        long pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return wins / pairs;
    }

    /** At every distinct score as a threshold: precision × gain in recall. */
    static double averagePrecision(float[] scores, float[] labels) {
        float[] thresholds = scores.clone();
        Arrays.sort(thresholds);
        double positives = 0;
        for (float label : labels) {
            positives += label;
        }
        double sum = 0;
        double recallBefore = 0;
        for (int t = thresholds.length - 1; t >= 0; t--) {
            double hits = 0;
            double predicted = 0;
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] >= thresholds[t]) {
                    predicted++;
                    hits += labels[i];
                }
            }
            sum += (hits / positives - recallBefore) * hits / predicted;
            recallBefore = hits / positives;
        }
        return sum;
    }

    /** Probabilities of a model that knows something: labels drawn by it, logits with the spread, some scores repeated. */
    static float[][] scoresAndLabels(long seed, int rows, double spread, double offset) {
        Random random = new Random(seed);
        float[] scores = new float[rows];
        float[] labels = new float[rows];
        for (int i = 0; i < rows; i++) {
            double logit = random.nextGaussian() * spread + offset;
            boolean repeated = i > 0 && random.nextInt(10) == 0;
            scores[i] = repeated ? scores[random.nextInt(i)] : (float) (1 / (1 + Math.exp(-logit)));
            labels[i] = random.nextDouble() < scores[i] ? 1 : 0;
        }
        return new float[][] {scores, labels};
    }

    static Tally tally(float[] scores, float[] labels) {
        Tally tally = Tally.of(ScoreKind.PROBABILITY, 2);
        for (int i = 0; i < scores.length; i++) {
            tally.add(new float[] {scores[i]}, labels[i]);
        }
        return tally;
    }
}
