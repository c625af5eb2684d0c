package dev.millrace.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreCorrectionTest {

    private static final NetworkSpec NETWORK = Networks.binary(1, Activation.IDENTITY);

    @ParameterizedTest
    @CsvSource({"1, 0.1", "20, 1", "20, 0.05", "0.5, 1", "1, 1"})
    void logOddsMoveByTheLogarithmsOfWeightAndShare(float positiveWeight, double share) {
        ScoreCorrection correction =
                new ScoreCorrection(Networks.with(NETWORK, new LossSpec.CrossEntropy(positiveWeight)), share);
        for (float score : new float[] {1e-6f, 0.01f, 0.3f, 0.5f, 0.9f, 0.999f}) {
            float[] scores = {score};
            correction.apply(scores);
            assertThat(logOdds(scores[0]))
                    .isCloseTo(logOdds(score) + Math.log(share) - Math.log(positiveWeight), within(1e-3));
        }
    }

    /** The correction of the score at which the expected loss is least gives back the probability. */
    @ParameterizedTest
    @CsvSource({"2, 1, 1", "2, 5, 0.2", "0.5, 3, 1", "0, 10, 0.1"})
    void leastExpectedLossOfTheChangedSampleIsCorrectedToTheProbability(
            float gamma, float positiveWeight, double share) {
        ScoreCorrection correction =
                new ScoreCorrection(Networks.with(NETWORK, new LossSpec.Focal(gamma, positiveWeight)), share);
        for (double probability : new double[] {0.003, 0.1, 0.5, 0.8}) {
            double learned =
                    leastLoss(score -> -probability * positiveWeight * Math.pow(1 - score, gamma) * Math.log(score)
                            - share * (1 - probability) * Math.pow(score, gamma) * Math.log(1 - score));
            float[] scores = {(float) learned};
            correction.apply(scores);
            assertThat((double) scores[0]).isCloseTo(probability, within(1e-4 + 1e-3 * probability));
        }
    }

    @Test
    void certaintyStaysCertain() {
        for (LossSpec loss : new LossSpec[] {new LossSpec.CrossEntropy(30), new LossSpec.Focal()}) {
            float[] scores = {0, 1};
            ScoreCorrection correction = new ScoreCorrection(Networks.with(NETWORK, loss), 0.1);
            correction.apply(scores);
            assertThat(scores[0]).isZero();
            scores[0] = 1;
            correction.apply(scores);
            assertThat(scores[0]).isOne();
        }
    }

    @Test
    void whatIsNoProbabilityStaysAsItIs() {
        float[] scores = {0.25f};
        new ScoreCorrection(Networks.with(NETWORK, new LossSpec.Hinge()), 0.1).apply(scores);
        new ScoreCorrection(Networks.with(NETWORK, new LossSpec.CrossEntropy()), 1).apply(scores);
        assertThat(scores[0]).isEqualTo(0.25f);
        float[] value = {-4};
        new ScoreCorrection(Networks.withTask(NETWORK, Task.REGRESSION, 1, new LossSpec.MeanSquaredError()), 1)
                .apply(value);
        assertThat(value[0]).isEqualTo(-4);
    }

    @Test
    void shareOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new ScoreCorrection(NETWORK, 0))
                .hasMessageContaining("above 0 and at most 1, got 0.0");
    }

    private interface Expected {
        double lossOf(double score);
    }

    /** By golden section over the log-odds, along which every loss here falls and then rises. */
    private static double leastLoss(Expected expected) {
        double low = -15;
        double high = 15;
        double section = (Math.sqrt(5) - 1) / 2;
        while (high - low > 1e-9) {
            double left = high - section * (high - low);
            double right = low + section * (high - low);
            if (expected.lossOf(1 / (1 + Math.exp(-left))) < expected.lossOf(1 / (1 + Math.exp(-right)))) {
                high = right;
            } else {
                low = left;
            }
        }
        return 1 / (1 + Math.exp(-low));
    }

    private static double logOdds(double probability) {
        return Math.log(probability) - Math.log1p(-probability);
    }
}
