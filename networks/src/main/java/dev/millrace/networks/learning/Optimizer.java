package dev.millrace.networks.learning;

import dev.millrace.networks.LearningRateSchedule;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.OptimizerSpec.Adagrad;
import dev.millrace.networks.OptimizerSpec.Adam;
import dev.millrace.networks.OptimizerSpec.AdamW;
import dev.millrace.networks.OptimizerSpec.AmsGrad;
import dev.millrace.networks.OptimizerSpec.Ftrl;
import dev.millrace.networks.OptimizerSpec.Momentum;
import dev.millrace.networks.OptimizerSpec.Nesterov;
import dev.millrace.networks.OptimizerSpec.RmsProp;
import dev.millrace.networks.OptimizerSpec.Scheduled;
import dev.millrace.networks.OptimizerSpec.Sgd;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Role;
import dev.millrace.networks.ParameterLayout.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The formulas of {@link OptimizerSpec} over flat vectors, in place.
 *
 * <p>One plain loop each, which the JIT compiler vectorises, after what {@link FlatLoops} did; every component is computed alone,
 * so the width of a vector does not show in the bits.
 */
final class Optimizer {

    /** Sums of squares of FTRL end here: their roots stay finite. */
    private static final float LARGEST_SQUARES = 1e38f;

    private final FlatLoops loops;
    private final OptimizerSpec spec;
    private final @Nullable LearningRateSchedule schedule;
    private final Tensor[] weightTensors;
    private final int count;

    /** The second and third slot while they are worked on: the compiler vectorises only loops that index every array alike. */
    private final float[] second;

    private final float[] third;

    Optimizer(OptimizerSpec spec, ParameterLayout layout, FlatLoops loops) {
        this.loops = loops;
        this.spec = spec instanceof Scheduled scheduled ? scheduled.optimizer() : spec;
        this.schedule = spec instanceof Scheduled scheduled ? scheduled.schedule() : null;
        this.weightTensors = layout.tensors().stream()
                .filter(tensor -> tensor.role() == Role.WEIGHT)
                .toArray(Tensor[]::new);
        this.count = layout.parameterCount();
        this.second = new float[spec.slots() >= 2 ? count : 0];
        this.third = new float[spec.slots() >= 3 ? count : 0];
    }

    /**
     * @param state the slots, one after the other
     * @param update number of this update, starting at 1
     */
    void step(float[] parameters, float[] gradient, float[] state, long update) {
        float rate = spec.learningRate();
        if (schedule != null) {
            rate = (float) (rate * schedule.factor(update - 1));
        }
        if (spec instanceof Adam adam) {
            adam(parameters, gradient, state, update, rate, adam.beta1(), adam.beta2(), adam.epsilon());
        } else if (spec instanceof AdamW adam) {
            decay(parameters, rate * adam.weightDecay());
            adam(parameters, gradient, state, update, rate, adam.beta1(), adam.beta2(), adam.epsilon());
        } else if (spec instanceof AmsGrad adam) {
            amsGrad(parameters, gradient, state, update, rate, adam);
        } else if (spec instanceof Sgd) {
            sgd(parameters, gradient, count, rate);
        } else if (spec instanceof Momentum momentum) {
            momentum(parameters, gradient, state, count, rate, momentum.momentum());
        } else if (spec instanceof Nesterov nesterov) {
            nesterov(parameters, gradient, state, count, rate, nesterov.momentum());
        } else if (spec instanceof Adagrad adagrad) {
            adagrad(parameters, gradient, state, count, rate, adagrad.epsilon());
        } else if (spec instanceof RmsProp rmsProp) {
            rmsProp(parameters, gradient, state, count, rate, rmsProp.decay(), rmsProp.epsilon());
        } else if (spec instanceof Ftrl ftrl) {
            System.arraycopy(state, count, second, 0, count);
            ftrl(parameters, gradient, state, second, count, ftrl);
            System.arraycopy(second, 0, state, count, count);
        }
    }

    private static void sgd(float[] parameters, float[] gradient, int count, float rate) {
        for (int i = 0; i < count; i++) {
            parameters[i] -= rate * gradient[i];
        }
    }

    private static void momentum(
            float[] parameters, float[] gradient, float[] velocities, int count, float rate, float momentum) {
        for (int i = 0; i < count; i++) {
            float velocity = momentum * velocities[i] + gradient[i];
            velocities[i] = velocity;
            parameters[i] -= rate * velocity;
        }
    }

    private static void nesterov(
            float[] parameters, float[] gradient, float[] velocities, int count, float rate, float momentum) {
        for (int i = 0; i < count; i++) {
            float velocity = momentum * velocities[i] + gradient[i];
            velocities[i] = velocity;
            parameters[i] -= rate * (gradient[i] + momentum * velocity);
        }
    }

    private static void adagrad(
            float[] parameters, float[] gradient, float[] squares, int count, float rate, float epsilon) {
        for (int i = 0; i < count; i++) {
            float g = gradient[i];
            float square = squares[i] + g * g;
            squares[i] = square;
            parameters[i] -= rate * g / ((float) Math.sqrt(square) + epsilon);
        }
    }

    private static void rmsProp(
            float[] parameters, float[] gradient, float[] squares, int count, float rate, float decay, float epsilon) {
        float fresh = 1 - decay;
        for (int i = 0; i < count; i++) {
            float g = gradient[i];
            float square = decay * squares[i] + fresh * (g * g);
            squares[i] = square;
            parameters[i] -= rate * g / ((float) Math.sqrt(square) + epsilon);
        }
    }

    private void adam(
            float[] parameters,
            float[] gradient,
            float[] state,
            long update,
            float learningRate,
            float beta1,
            float beta2,
            float epsilon) {
        float rate = (float) (learningRate / (1 - power(beta1, update)));
        float rootScale = (float) (1 / Math.sqrt(1 - power(beta2, update)));
        int done = loops.adam(parameters, gradient, state, count, beta1, beta2, rate, rootScale, epsilon);
        System.arraycopy(state, count + done, second, done, count - done);
        adam(parameters, gradient, state, second, done, count, beta1, beta2, rate, rootScale, epsilon);
        System.arraycopy(second, done, state, count + done, count - done);
    }

    private static void adam(
            float[] parameters,
            float[] gradient,
            float[] means,
            float[] squares,
            int from,
            int to,
            float beta1,
            float beta2,
            float rate,
            float rootScale,
            float epsilon) {
        float fresh1 = 1 - beta1;
        float fresh2 = 1 - beta2;
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            float mean = beta1 * means[i] + fresh1 * g;
            float square = beta2 * squares[i] + fresh2 * (g * g);
            means[i] = mean;
            squares[i] = square;
            parameters[i] -= rate * mean / ((float) Math.sqrt(square) * rootScale + epsilon);
        }
    }

    private void amsGrad(
            float[] parameters, float[] gradient, float[] state, long update, float learningRate, AmsGrad spec) {
        float rate = (float) (learningRate / (1 - power(spec.beta1(), update)));
        float rootScale = (float) (1 / Math.sqrt(1 - power(spec.beta2(), update)));
        System.arraycopy(state, count, second, 0, count);
        System.arraycopy(state, 2 * count, third, 0, count);
        amsGrad(
                parameters,
                gradient,
                state,
                second,
                third,
                count,
                spec.beta1(),
                spec.beta2(),
                rate,
                rootScale,
                spec.epsilon());
        System.arraycopy(second, 0, state, count, count);
        System.arraycopy(third, 0, state, 2 * count, count);
    }

    private static void amsGrad(
            float[] parameters,
            float[] gradient,
            float[] means,
            float[] squares,
            float[] largest,
            int count,
            float beta1,
            float beta2,
            float rate,
            float rootScale,
            float epsilon) {
        float fresh1 = 1 - beta1;
        float fresh2 = 1 - beta2;
        for (int i = 0; i < count; i++) {
            float g = gradient[i];
            float mean = beta1 * means[i] + fresh1 * g;
            float square = beta2 * squares[i] + fresh2 * (g * g);
            float most = Math.max(largest[i], square);
            means[i] = mean;
            squares[i] = square;
            largest[i] = most;
            parameters[i] -= rate * mean / ((float) Math.sqrt(most) * rootScale + epsilon);
        }
    }

    private static void ftrl(
            float[] parameters, float[] gradient, float[] sums, float[] squares, int count, Ftrl spec) {
        float rate = spec.learningRate();
        for (int i = 0; i < count; i++) {
            float g = gradient[i];
            float parameter = parameters[i];
            float square = Math.min(squares[i] + g * g, LARGEST_SQUARES);
            if (square == 0) {
                continue;
            }
            float rootBefore = (float) Math.sqrt(squares[i]);
            float root = (float) Math.sqrt(square);
            float sum = squares[i] == 0
                    ? -parameter * (spec.beta() / rate + spec.l2()) - Math.signum(parameter) * spec.l1()
                    : sums[i];
            sum += g - (root - rootBefore) / rate * parameter;
            sums[i] = sum;
            squares[i] = square;
            float beyond = Math.abs(sum) - spec.l1();
            parameters[i] = beyond <= 0 ? 0 : -Math.signum(sum) * beyond / ((spec.beta() + root) / rate + spec.l2());
        }
    }

    /** By squaring: Math.pow may differ in its last bit between machines, StrictMath.pow allocates. */
    private static double power(double base, long exponent) {
        double power = 1;
        double square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }

    private void decay(float[] parameters, float share) {
        for (Tensor tensor : weightTensors) {
            for (int i = tensor.offset(); i < tensor.endOffset(); i++) {
                parameters[i] -= share * parameters[i];
            }
        }
    }
}
