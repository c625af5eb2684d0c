package dev.millrace.networks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.LossSpec.DelayedFeedback;
import dev.millrace.networks.Networks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss for delayed feedback at the sum of the output unit. */
class DelayedFeedbackTest {

    private static final OutputLoss LOSS = loss(new DelayedFeedback(1));

    /** The rows that one event makes on average, as the module's README lists them. */
    @ParameterizedTest(name = "probability {0}, in time {1} of positives, {2} of negatives")
    @CsvSource({"0.3, 0, 0", "0.3, 0.5, 0", "0.01, 0.7, 0.2", "0.9, 0.4, 0.6", "0.5, 1, 0", "0.2, 0, 0.95"})
    void theExpectedDerivativeVanishesAtTheProbabilityAloneAndDrawsToIt(double p, double r, double s) {
        float doubt = (float) ((1 - r) / (1 - s));
        float[] labels = {1, 1, 0, DelayedFeedback.assumedNegative(doubt)};
        float[] often = {
            (float) (p * r), (float) (p * (1 - r)), (float) ((1 - p) * s), (float) (p * (1 - r) + (1 - p) * (1 - s))
        };
        float truth = (float) Math.log(p / (1 - p));
        assertThat(slope(LOSS, truth, labels, often)).isCloseTo(0, within(1e-6f));
        for (float distance : new float[] {0.1f, 1, 5}) {
            assertThat(slope(LOSS, truth - distance, labels, often)).isNegative();
            assertThat(slope(LOSS, truth + distance, labels, often)).isPositive();
        }
    }

    /** −y·(1 + p)·ln f − (1 − y)·(1 − p)·(1 + p)·ln(1 − f), p = f held constant. */
    @ParameterizedTest
    @ValueSource(floats = {-6, -1, 0, 0.5f, 4})
    void withEveryLabelLateItIsTheWeightingOfKtenaWithoutItsCommonFactor(float z) {
        double f = 1 / (1 + Math.exp(-z));
        double ofPositive = -(1 + f) * (1 - f);
        double ofNegative = (1 - f) * (1 + f) * f;

        float[] one = {1};
        assertThat((double) slope(LOSS, z, one, one)).isCloseTo(ofPositive / (1 + f), within(1e-6));
        assertThat((double) slope(LOSS, z, new float[] {DelayedFeedback.assumedNegative(1)}, one))
                .isCloseTo(ofNegative / (1 + f), within(1e-6));
    }

    @Test
    void withoutADoubtAnAssumedNegativeIsANegative() {
        for (float z = -30; z <= 30; z += 0.25f) {
            float[] one = {1};
            assertThat(slope(LOSS, z, new float[] {DelayedFeedback.assumedNegative(0)}, one))
                    .isEqualTo(slope(LOSS, z, new float[] {0}, one));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1e-30f, 1, 1e30f, Float.MAX_VALUE})
    void lossAndDerivativeStayFinite(float doubt) {
        float[] label = {DelayedFeedback.assumedNegative(doubt)};
        for (float z : new float[] {-1e30f, -200, -50, 0, 50, 200, 1e30f}) {
            float[] sums = {z};
            assertThat(LOSS.differentiate(sums, label, new float[] {1}, 1))
                    .isFinite()
                    .isNotNegative();
            assertThat(sums[0]).isBetween(0f, 1f);
        }
    }

    @Test
    void otherLossesRefuseAnAssumedNegative() {
        OutputLoss plain = loss(new LossSpec.CrossEntropy());
        float[] label = {DelayedFeedback.assumedNegative(0.5f)};
        LOSS.requireLabels(label, 1);
        assertThatThrownBy(() -> plain.requireLabels(label, 1)).hasMessageContaining("must be between 0 and 1");
        assertThatThrownBy(() -> DelayedFeedback.assumedNegative(Float.NaN))
                .hasMessageContaining("finite and at least 0");
    }

    private static OutputLoss loss(LossSpec loss) {
        return new OutputLoss(Networks.with(Networks.binary(1, Activation.IDENTITY), loss));
    }

    /** Sum of the derivatives by z of rows that all have the sum z. */
    private static float slope(OutputLoss loss, float z, float[] labels, float[] often) {
        float[] sums = new float[labels.length];
        Arrays.fill(sums, z);
        loss.differentiate(sums, labels, often, labels.length);
        float slope = 0;
        for (float delta : sums) {
            slope += delta * labels.length;
        }
        return slope;
    }
}
