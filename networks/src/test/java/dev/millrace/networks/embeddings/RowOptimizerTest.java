package dev.millrace.networks.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every optimiser of rows against its formula in double. */
class RowOptimizerTest {

    private static final int DIMENSIONS = 5;
    private static final int UPDATES = 200;

    /** What a formula keeps and how it changes a row. */
    private interface Formula {
        void apply(double[] row, double[] gradient, int update);
    }

    @Test
    void gradientDescentTakesAStepAgainstTheGradient() {
        float rate = 0.05f;
        assertFollows(new RowOptimizer.Sgd(rate), 0, (row, gradient, update) -> {
            for (int i = 0; i < row.length; i++) {
                row[i] -= rate * gradient[i];
            }
        });
    }

    @Test
    void adagradKeepsOneSumPerRow() {
        float rate = 0.1f;
        double[] sum = {0};
        assertFollows(new RowOptimizer.Adagrad(rate), 1, (row, gradient, update) -> {
            sum[0] += meanSquare(gradient);
            for (int i = 0; i < row.length; i++) {
                row[i] -= rate * gradient[i] / Math.sqrt(sum[0] + RowOptimizer.Adagrad.DEFAULT_INITIAL_SUM);
            }
        });
    }

    @Test
    void adamKeepsAMeanPerValueAndASquarePerRow() {
        RowOptimizer.Adam adam = new RowOptimizer.Adam(0.01f, 0.8f, 0.95f, 1e-6f);
        double beta1 = adam.beta1();
        double beta2 = adam.beta2();
        double[] mean = new double[DIMENSIONS];
        double[] square = {0};
        assertFollows(adam, DIMENSIONS + 1, (row, gradient, update) -> {
            square[0] = beta2 * square[0] + (1 - beta2) * meanSquare(gradient);
            double corrected = square[0] / (1 - Math.pow(beta2, update));
            for (int i = 0; i < row.length; i++) {
                mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i];
                double step = mean[i] / (1 - Math.pow(beta1, update));
                row[i] -= adam.learningRate() * step / (Math.sqrt(corrected) + adam.epsilon());
            }
        });
    }

    /** Whatever the size of the gradient; of Adagrad as far as it is large beside what its sum begins with. */
    @ParameterizedTest
    @ValueSource(floats = {1e-3f, 1, 1e4f})
    void theFirstStepOfARowOfOneIsTheLearningRate(float gradient) {
        for (RowOptimizer optimizer :
                new RowOptimizer[] {new RowOptimizer.Adagrad(0.1f, 1e-12f), new RowOptimizer.Adam(0.1f)}) {
            float[] row = {1};
            optimizer.apply(row, new float[optimizer.slots(1)], new float[] {gradient}, 1);
            assertThat(row[0]).isEqualTo(0.9f, within(1e-5f));
        }
    }

    @Test
    void aTableAddsItsPenaltyToTheGradient() {
        EmbeddingTable table =
                new EmbeddingTable("user", 2, 0, new RowOptimizer.Sgd(0.5f), 0.25f, Admission.ALWAYS, null);
        float[] row = {2, -4};
        table.learn(row, new float[0], new float[] {1, 0}, 1);
        assertThat(row).containsExactly(2 - 0.5f * (1 + 0.25f * 2), -4 - 0.5f * (0.25f * -4));
    }

    @Test
    void settingsBeyondTheirRangeAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowOptimizer.Sgd(0))
                .withMessage("sgd.learning-rate must be above 0 and at most 1000, got 0.0;"
                        + " set it to the size of a step, e.g. 0.05");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowOptimizer.Adagrad(Float.NaN))
                .withMessageContaining("adagrad.learning-rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowOptimizer.Adagrad(1, 0))
                .withMessageContaining("adagrad.initial-sum must be above 0 and at most 1000, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowOptimizer.Adam(1, 1, 0.9f, 1e-8f))
                .withMessageContaining("adam.beta1 must be at least 0 and below 1, got 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowOptimizer.Adam(1, 0.9f, -1, 1e-8f))
                .withMessageContaining("adam.beta2 must be at least 0 and below 1, got -1.0");
    }

    private static void assertFollows(RowOptimizer optimizer, int slots, Formula formula) {
        assertThat(optimizer.slots(DIMENSIONS)).isEqualTo(slots);
        Random random = new Random(5);
        float[] row = new float[DIMENSIONS];
        double[] expected = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            row[i] = random.nextFloat() - 0.5f;
            expected[i] = row[i];
        }
        float[] state = new float[slots];
        for (int update = 1; update <= UPDATES; update++) {
            float[] gradient = new float[DIMENSIONS];
            double[] same = new double[DIMENSIONS];
            for (int i = 0; i < DIMENSIONS; i++) {
                gradient[i] = (float) random.nextGaussian();
                same[i] = gradient[i];
            }
            optimizer.apply(row, state, gradient, update);
            formula.apply(expected, same, update);
            for (int i = 0; i < DIMENSIONS; i++) {
                assertThat((double) row[i])
                        .as("value %d after update %d", i, update)
                        .isEqualTo(expected[i], within(1e-5));
            }
        }
    }

    private static double meanSquare(double[] gradient) {
        double sum = 0;
        for (double g : gradient) {
            sum += g * g;
        }
        return sum / gradient.length;
    }
}
