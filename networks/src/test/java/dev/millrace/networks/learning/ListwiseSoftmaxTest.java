package dev.millrace.networks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss of lists at the sums of the output unit. */
class ListwiseSoftmaxTest {

    private static final OutputLoss LOSS = new OutputLoss(Networks.withTask(
            Networks.binary(1, Activation.IDENTITY), Task.RANKING, 1, new LossSpec.ListwiseSoftmax()));

    /** Lists of 3, 1, 5 and 2 rows; what weighs is the first row of each. */
    private static final float[] LABELS = {1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0};

    private static final float[] ROW_WEIGHTS = {2, 7, 7, 5, 0.25f, 7, 7, 7, 7, 1, 7};
    private static final float[] SUMS = {0.5f, -1, 2, 3, -2, 0.25f, 1, -0.5f, 0, 0.1f, 0.1f};
    private static final int[] STARTS = {0, 3, 4, 9, 11};

    @Test
    void lossAndDerivativeAreThoseOfTheDefinition() {
        float[] deltas = SUMS.clone();
        float loss = LOSS.differentiate(deltas, LABELS, ROW_WEIGHTS, SUMS.length);

        double[] sums = new double[SUMS.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = SUMS[i];
        }
        assertThat((double) loss).isCloseTo(definition(sums), within(1e-6));
        for (int i = 0; i < sums.length; i++) {
            sums[i] = SUMS[i] + 1e-5;
            double above = definition(sums);
            sums[i] = SUMS[i] - 1e-5;
            double below = definition(sums);
            sums[i] = SUMS[i];
            assertThat((double) deltas[i]).as("row %d", i).isCloseTo((above - below) / 2e-5, within(1e-6));
        }
    }

    private static double definition(double[] sums) {
        double total = 0;
        for (int list = 0; list + 1 < STARTS.length; list++) {
            double exponentials = 0;
            for (int row = STARTS[list]; row < STARTS[list + 1]; row++) {
                exponentials += Math.exp(sums[row]);
            }
            int first = STARTS[list];
            total += ROW_WEIGHTS[first] * -Math.log(Math.exp(sums[first]) / exponentials);
        }
        return total / (STARTS.length - 1);
    }

    /** What is common to all rows of a list, as everything of the user is, cancels. */
    @ParameterizedTest
    @ValueSource(floats = {0, 1e4f, -1e4f})
    void aListHasTheLossOfItsDifferences(float common) {
        float[] sums = {common + 1, common, common + 2};
        assertThat(LOSS.differentiate(sums, new float[] {1, 0, 0}, new float[] {1, 1, 1}, 3))
                .isCloseTo((float) (Math.log(Math.E + 1 + Math.exp(2)) - 1), within(1e-6f));
        assertThat(sums[0] + sums[1] + sums[2]).isCloseTo(0, within(1e-7f));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e4f, -1e4f, 1e30f, -1e30f})
    void extremeSumsStayFinite(float extreme) {
        float[] sums = {extreme, 0, -extreme, extreme};
        float loss = LOSS.differentiate(sums, new float[] {1, 0, 1, 0}, new float[] {1, 1, 1, 1}, 4);
        // One of the lists is certain and wrong: by the extreme or by twice as much.
        assertThat(loss).isFinite().isGreaterThanOrEqualTo(Math.abs(extreme) / 2);
        for (float delta : sums) {
            assertThat(delta).isBetween(-0.5f, 0.5f);
        }
    }

    /** So that the engine refuses the update. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aSumThatIsNotFiniteShowsInTheLoss(float poison) {
        float[] ones = {1, 1, 1};
        assertThat(LOSS.differentiate(new float[] {0, poison, 0}, new float[] {1, 0, 0}, ones, 3))
                .isNaN();
        assertThat(LOSS.differentiate(new float[] {poison, 0, 0}, new float[] {1, 0, 0}, ones, 3))
                .isNaN();
    }
}
