package dev.millrace.networks;

import java.io.Serializable;

/** How the learning rate changes: a factor in [0, 1] of the optimiser's own, by t, the number of updates made before. */
public sealed interface LearningRateSchedule extends Serializable {

    /**
     * The same bits on every machine; allocates nothing.
     *
     * @param updates t, at least 0
     */
    double factor(long updates);

    /** 1 */
    record Constant() implements LearningRateSchedule {
        @Override
        public double factor(long updates) {
            return 1;
        }
    }

    /** factor^⌊t / every⌋ */
    record Step(float factor, long every) implements LearningRateSchedule {
        public Step {
            requireFactor("step", factor);
            requireUpdates("step.every", every, 1);
        }

        @Override
        public double factor(long updates) {
            return power(factor, (double) (updates / every));
        }
    }

    /** factor^(t / every) */
    record Exponential(float factor, long every) implements LearningRateSchedule {
        public Exponential {
            requireFactor("exponential", factor);
            requireUpdates("exponential.every", every, 1);
        }

        @Override
        public double factor(long updates) {
            return power(factor, (double) updates / every);
        }
    }

    /** 1 / (1 + t / every)^power */
    record Inverse(long every, float power) implements LearningRateSchedule {
        public static final float DEFAULT_POWER = 1;

        public Inverse {
            requireUpdates("inverse.every", every, 1);
            if (!(power > 0 && power <= 10)) {
                throw new IllegalArgumentException(
                        "inverse.power must be above 0 and at most 10, got " + power + "; leave it at 1");
            }
        }

        @Override
        public double factor(long updates) {
            return LearningRateSchedule.power(1 + (double) updates / every, -(double) power);
        }
    }

    /** floor + (1 − floor)·(1 + cos(π·min(1, t / updates))) / 2 (Loshchilov and Hutter 2017, without restarts) */
    record Cosine(long updates, float floor) implements LearningRateSchedule {
        public Cosine {
            requireUpdates("cosine.updates", updates, 1);
            if (!(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("cosine.floor must be between 0 and 1, got " + floor
                        + "; set it to the share of the learning rate that remains, e.g. 0.01");
            }
        }

        @Override
        public double factor(long updates) {
            double share = Math.min(1, (double) updates / this.updates);
            return floor + (1 - floor) * (1 + StrictMath.cos(Math.PI * share)) / 2;
        }
    }

    /** (t + 1) / (updates + 1) for the first {@code updates} updates, from then on another schedule from its beginning. */
    record WarmUp(long updates, LearningRateSchedule then) implements LearningRateSchedule {
        public WarmUp {
            requireUpdates("warm-up", updates, 1);
            if (then instanceof WarmUp) {
                throw new IllegalArgumentException("warm-up must not follow a warm-up, got " + then + "; write one");
            }
        }

        @Override
        public double factor(long count) {
            return count < updates ? (count + 1) / (updates + 1.0) : then.factor(count - updates);
        }
    }

    private static double power(double base, double exponent) {
        return StrictMath.exp(exponent * StrictMath.log(base));
    }

    private static void requireFactor(String schedule, float value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(schedule + ".factor must be above 0 and at most 1, got " + value
                    + "; set it to what remains of the learning rate, e.g. 0.5");
        }
    }

    private static void requireUpdates(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(key + " must be at least " + least + ", got " + value
                    + "; set it to a number of updates, e.g. 1000");
        }
    }
}
