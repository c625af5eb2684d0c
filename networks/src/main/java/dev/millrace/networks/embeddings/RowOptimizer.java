package dev.millrace.networks.embeddings;

import java.io.Serializable;

/**
 * How the gradient g of an embedding row changes the row θ, of d values. Rows are updated when a mini-batch has shown them, and
 * only then; what other optimisers keep per parameter is kept per row where one value does. η is the learning rate; slots start
 * at 0.
 */
public sealed interface RowOptimizer extends Serializable {

    float learningRate();

    /** Values kept per row of {@code dimensions} values. */
    int slots(int dimensions);

    /**
     * Updates one row.
     *
     * @param row θ, d values
     * @param slots the row's
     * @param gradient d values
     * @param update number of this update of this row, starting at 1
     */
    void apply(float[] row, float[] slots, float[] gradient, long update);

    /** θ ← θ − η·g */
    record Sgd(float learningRate) implements RowOptimizer {
        public static final float DEFAULT_LEARNING_RATE = 0.05f;

        public Sgd {
            requireLearningRate("sgd", learningRate);
        }

        @Override
        public int slots(int dimensions) {
            return 0;
        }

        @Override
        public void apply(float[] row, float[] slots, float[] gradient, long update) {
            for (int i = 0; i < row.length; i++) {
                row[i] -= learningRate * gradient[i];
            }
        }
    }

    /**
     * s ← s + mean(g²); θ ← θ − η·g / √(s + δ): one s per row (Duchi et al. 2011; row by row as in Mudigere et al. 2022).
     *
     * @param initialSum δ: keeps the first updates of a row, which are learned from one event, from being as large as η
     */
    record Adagrad(float learningRate, float initialSum) implements RowOptimizer {
        public static final float DEFAULT_LEARNING_RATE = 0.05f;
        public static final float DEFAULT_INITIAL_SUM = 0.1f;

        public Adagrad {
            requireLearningRate("adagrad", learningRate);
            if (!(initialSum > 0 && initialSum <= 1000)) {
                throw new IllegalArgumentException(
                        "adagrad.initial-sum must be above 0 and at most 1000, got " + initialSum + "; leave it out");
            }
        }

        public Adagrad(float learningRate) {
            this(learningRate, DEFAULT_INITIAL_SUM);
        }

        @Override
        public int slots(int dimensions) {
            return 1;
        }

        @Override
        public void apply(float[] row, float[] slots, float[] gradient, long update) {
            float sum = slots[0] + meanSquare(gradient);
            slots[0] = sum;
            float rate = learningRate / (float) Math.sqrt(sum + initialSum);
            for (int i = 0; i < row.length; i++) {
                row[i] -= rate * gradient[i];
            }
        }
    }

    /**
     * m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·mean(g²); θ ← θ − η·m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ): m per
     * value, v per row, t counts the row's own updates (Kingma and Ba 2015, algorithm 1, row by row). Slots m, v.
     */
    record Adam(float learningRate, float beta1, float beta2, float epsilon) implements RowOptimizer {
        public static final float DEFAULT_LEARNING_RATE = 0.001f;
        public static final float DEFAULT_BETA1 = 0.9f;
        public static final float DEFAULT_BETA2 = 0.999f;
        public static final float DEFAULT_EPSILON = 1e-8f;

        public Adam {
            requireLearningRate("adam", learningRate);
            requireShare("beta1", beta1);
            requireShare("beta2", beta2);
            requireEpsilon("adam", epsilon);
        }

        public Adam(float learningRate) {
            this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
        }

        @Override
        public int slots(int dimensions) {
            return dimensions + 1;
        }

        /** StrictMath: the same bits on every machine. */
        @Override
        public void apply(float[] row, float[] slots, float[] gradient, long update) {
            int d = row.length;
            float square = beta2 * slots[d] + (1 - beta2) * meanSquare(gradient);
            slots[d] = square;
            double corrected = square / (1 - StrictMath.pow(beta2, update));
            double step = learningRate / (1 - StrictMath.pow(beta1, update));
            float rate = (float) (step / (Math.sqrt(corrected) + epsilon));
            for (int i = 0; i < d; i++) {
                float mean = beta1 * slots[i] + (1 - beta1) * gradient[i];
                slots[i] = mean;
                row[i] -= rate * mean;
            }
        }

        private static void requireShare(String name, float value) {
            if (!(value >= 0 && value < 1)) {
                throw new IllegalArgumentException(
                        "adam." + name + " must be at least 0 and below 1, got " + value + "; leave it out");
            }
        }
    }

    private static float meanSquare(float[] gradient) {
        float sum = 0;
        for (float g : gradient) {
            sum += g * g;
        }
        return sum / gradient.length;
    }

    private static void requireLearningRate(String optimizer, float value) {
        if (!(value > 0 && value <= 1000)) {
            throw new IllegalArgumentException(optimizer + ".learning-rate must be above 0 and at most 1000, got "
                    + value + "; set it to the size of a step, e.g. 0.05");
        }
    }

    private static void requireEpsilon(String optimizer, float value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    optimizer + ".epsilon must be above 0 and at most 1, got " + value + "; leave it out");
        }
    }
}
