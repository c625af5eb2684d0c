package dev.millrace.networks;

import java.io.Serializable;

/**
 * How a gradient g changes a parameter θ. η is the learning rate, t the number of this update, starting at 1. Every operation
 * is per component; slots start at 0.
 */
public sealed interface OptimizerSpec extends Serializable {

    float learningRate();

    /** Values kept per parameter, in the order the formula names them. */
    int slots();

    /** The same optimiser at another learning rate, which must be in (0, 1000]. */
    OptimizerSpec withLearningRate(float learningRate);

    /** θ ← θ − η·g */
    record Sgd(float learningRate) implements OptimizerSpec {
        public static final float DEFAULT_LEARNING_RATE = 0.01f;

        public Sgd {
            requireLearningRate("sgd", learningRate);
        }

        public Sgd() {
            this(DEFAULT_LEARNING_RATE);
        }

        @Override
        public int slots() {
            return 0;
        }

        @Override
        public Sgd withLearningRate(float rate) {
            return new Sgd(rate);
        }
    }

    /** v ← μ·v + g; θ ← θ − η·v (Polyak 1964) */
    record Momentum(float learningRate, float momentum) implements OptimizerSpec {
        public static final float DEFAULT_LEARNING_RATE = 0.01f;
        public static final float DEFAULT_MOMENTUM = 0.9f;

        public Momentum {
            requireLearningRate("momentum", learningRate);
            requireShare("momentum", "momentum", momentum, DEFAULT_MOMENTUM);
        }

        public Momentum(float learningRate) {
            this(learningRate, DEFAULT_MOMENTUM);
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public Momentum withLearningRate(float rate) {
            return new Momentum(rate, momentum);
        }
    }

    /** v ← μ·v + g; θ ← θ − η·(g + μ·v) (Sutskever et al. 2013) */
    record Nesterov(float learningRate, float momentum) implements OptimizerSpec {
        public static final float DEFAULT_LEARNING_RATE = 0.01f;
        public static final float DEFAULT_MOMENTUM = 0.9f;

        public Nesterov {
            requireLearningRate("nesterov", learningRate);
            requireShare("nesterov", "momentum", momentum, DEFAULT_MOMENTUM);
        }

        public Nesterov(float learningRate) {
            this(learningRate, DEFAULT_MOMENTUM);
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public Nesterov withLearningRate(float rate) {
            return new Nesterov(rate, momentum);
        }
    }

    /** s ← s + g²; θ ← θ − η·g / (√s + ε) (Duchi et al. 2011) */
    record Adagrad(float learningRate, float epsilon) implements OptimizerSpec {
        public static final float DEFAULT_LEARNING_RATE = 0.01f;
        public static final float DEFAULT_EPSILON = 1e-8f;

        public Adagrad {
            requireLearningRate("adagrad", learningRate);
            requireEpsilon("adagrad", epsilon);
        }

        public Adagrad(float learningRate) {
            this(learningRate, DEFAULT_EPSILON);
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public Adagrad withLearningRate(float rate) {
            return new Adagrad(rate, epsilon);
        }
    }

    /** s ← ρ·s + (1 − ρ)·g²; θ ← θ − η·g / (√s + ε) (Tieleman and Hinton 2012) */
    record RmsProp(float learningRate, float decay, float epsilon) implements OptimizerSpec {
        public static final float DEFAULT_LEARNING_RATE = 0.001f;
        public static final float DEFAULT_DECAY = 0.95f;
        public static final float DEFAULT_EPSILON = 1e-8f;

        public RmsProp {
            requireLearningRate("rms-prop", learningRate);
            requireShare("rms-prop", "decay", decay, DEFAULT_DECAY);
            requireEpsilon("rms-prop", epsilon);
        }

        public RmsProp(float learningRate) {
            this(learningRate, DEFAULT_DECAY, DEFAULT_EPSILON);
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public RmsProp withLearningRate(float rate) {
            return new RmsProp(rate, decay, epsilon);
        }
    }

    /**
     * m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; θ ← θ − η·m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
     * (Kingma and Ba 2015, algorithm 1)
     */
    record Adam(float learningRate, float beta1, float beta2, float epsilon) implements OptimizerSpec {
        public static final float DEFAULT_LEARNING_RATE = 0.001f;
        public static final float DEFAULT_BETA1 = 0.9f;
        public static final float DEFAULT_BETA2 = 0.999f;
        public static final float DEFAULT_EPSILON = 1e-8f;

        public Adam {
            requireLearningRate("adam", learningRate);
            requireShare("adam", "beta1", beta1, DEFAULT_BETA1);
            requireShare("adam", "beta2", beta2, DEFAULT_BETA2);
            requireEpsilon("adam", epsilon);
        }

        public Adam(float learningRate) {
            this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
        }

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public Adam withLearningRate(float rate) {
            return new Adam(rate, beta1, beta2, epsilon);
        }
    }

    /**
     * As {@link Adam}, after θ ← θ − η·λ·θ for weights, not for biases (Loshchilov and Hutter 2019).
     *
     * @param weightDecay λ
     */
    record AdamW(float learningRate, float beta1, float beta2, float epsilon, float weightDecay)
            implements OptimizerSpec {
        public static final float DEFAULT_WEIGHT_DECAY = 0.01f;

        public AdamW {
            requireLearningRate("adam-w", learningRate);
            requireShare("adam-w", "beta1", beta1, Adam.DEFAULT_BETA1);
            requireShare("adam-w", "beta2", beta2, Adam.DEFAULT_BETA2);
            requireEpsilon("adam-w", epsilon);
            if (!(weightDecay >= 0 && learningRate * weightDecay < 1)) {
                throw new IllegalArgumentException(
                        "adam-w.weight-decay must be at least 0 and below 1 / learning-rate, got " + weightDecay
                                + "; leave it at " + DEFAULT_WEIGHT_DECAY);
            }
        }

        public AdamW(float learningRate, float weightDecay) {
            this(learningRate, Adam.DEFAULT_BETA1, Adam.DEFAULT_BETA2, Adam.DEFAULT_EPSILON, weightDecay);
        }

        public AdamW(float learningRate) {
            this(learningRate, DEFAULT_WEIGHT_DECAY);
        }

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public AdamW withLearningRate(float rate) {
            return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
        }
    }

    /**
     * As {@link Adam} with the largest v so far: u ← max(u, v); θ ← θ − η·m̂ / (√(u / (1 − β₂ᵗ)) + ε) (Reddi et al. 2018). Slots m, v,
     * u.
     */
    record AmsGrad(float learningRate, float beta1, float beta2, float epsilon) implements OptimizerSpec {
        public AmsGrad {
            requireLearningRate("ams-grad", learningRate);
            requireShare("ams-grad", "beta1", beta1, Adam.DEFAULT_BETA1);
            requireShare("ams-grad", "beta2", beta2, Adam.DEFAULT_BETA2);
            requireEpsilon("ams-grad", epsilon);
        }

        public AmsGrad(float learningRate) {
            this(learningRate, Adam.DEFAULT_BETA1, Adam.DEFAULT_BETA2, Adam.DEFAULT_EPSILON);
        }

        @Override
        public int slots() {
            return 3;
        }

        @Override
        public AmsGrad withLearningRate(float rate) {
            return new AmsGrad(rate, beta1, beta2, epsilon);
        }
    }

    /**
     * FTRL-proximal (McMahan et al. 2013, algorithm 1), for sparse models: z ← z + g − (√(n + g²) − √n) / η·θ; n ← n + g²; θ ← 0 where
     * |z| ≤ λ₁, else −(z − sign(z)·λ₁) / ((β + √n) / η + λ₂). Slots z, n.
     *
     * <p>While n is 0, z stands for the initial θ: −θ·(β / η + λ₂) − sign(θ)·λ₁. So a parameter without a gradient stays as it was
     * made.
     *
     * @param l1 λ₁, of weights and biases
     * @param l2 λ₂, likewise
     */
    record Ftrl(float learningRate, float beta, float l1, float l2) implements OptimizerSpec {
        public static final float DEFAULT_LEARNING_RATE = 0.1f;
        public static final float DEFAULT_BETA = 1;

        public Ftrl {
            requireLearningRate("ftrl", learningRate);
            if (!(beta > 0 && beta <= 1000)) {
                throw new IllegalArgumentException(
                        "ftrl.beta must be above 0 and at most 1000, got " + beta + "; leave it at " + DEFAULT_BETA);
            }
            requirePenalty("l1", l1);
            requirePenalty("l2", l2);
        }

        public Ftrl(float learningRate) {
            this(learningRate, DEFAULT_BETA, 0, 0);
        }

        private static void requirePenalty(String name, float value) {
            if (!(value >= 0 && value <= 1000)) {
                throw new IllegalArgumentException(
                        "ftrl." + name + " must be between 0 and 1000, got " + value + "; 0 leaves it out");
            }
        }

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public Ftrl withLearningRate(float rate) {
            return new Ftrl(rate, beta, l1, l2);
        }
    }

    /** Another optimiser whose learning rate changes with the number of updates made: η is its own times the schedule's factor. */
    record Scheduled(OptimizerSpec optimizer, LearningRateSchedule schedule) implements OptimizerSpec {
        public Scheduled {
            if (optimizer instanceof Scheduled || optimizer instanceof Ftrl) {
                throw new IllegalArgumentException(
                        "schedule must be of an optimiser with a learning rate of its own, got " + optimizer
                                + "; ftrl slows down by itself, parameter by parameter");
            }
        }

        @Override
        public float learningRate() {
            return optimizer.learningRate();
        }

        @Override
        public int slots() {
            return optimizer.slots();
        }

        @Override
        public Scheduled withLearningRate(float rate) {
            return new Scheduled(optimizer.withLearningRate(rate), schedule);
        }
    }

    private static void requireLearningRate(String optimizer, float value) {
        if (!(value > 0 && value <= 1000)) {
            throw new IllegalArgumentException(optimizer + ".learning-rate must be above 0 and at most 1000, got "
                    + value + "; set it to the size of a step, e.g. 0.001");
        }
    }

    private static void requireShare(String optimizer, String name, float value, float usual) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(optimizer + "." + name + " must be at least 0 and below 1, got " + value
                    + "; leave it at " + usual);
        }
    }

    private static void requireEpsilon(String optimizer, float value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    optimizer + ".epsilon must be above 0 and at most 1, got " + value + "; leave it at 1e-8");
        }
    }
}
