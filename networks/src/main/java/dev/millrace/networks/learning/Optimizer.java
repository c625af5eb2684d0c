package dev.millrace.networks.learning;

import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.OptimizerSpec.Adagrad;
import dev.millrace.networks.OptimizerSpec.Adam;
import dev.millrace.networks.OptimizerSpec.AdamW;
import dev.millrace.networks.OptimizerSpec.Momentum;
import dev.millrace.networks.OptimizerSpec.Nesterov;
import dev.millrace.networks.OptimizerSpec.RmsProp;
import dev.millrace.networks.OptimizerSpec.Sgd;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Block;

/**
 * The formulas of {@link OptimizerSpec} over flat vectors, in place.
 *
 * <p>One plain loop each, which the JIT compiler vectorises; every component is computed alone, so the width of a vector
 * does not show in the bits.
 */
final class Optimizer {

    private final OptimizerSpec spec;
    private final Block[] blocks;
    private final int count;

    /** The second slot while it is worked on: the compiler vectorises only loops that index every array alike. */
    private final float[] second;

    Optimizer(OptimizerSpec spec, ParameterLayout layout) {
        this.spec = spec;
        this.blocks = layout.blocks().toArray(Block[]::new);
        this.count = layout.parameterCount();
        this.second = new float[spec.slots() == 2 ? count : 0];
    }

    /**
     * @param state the slots, one after the other
     * @param update number of this update, starting at 1
     */
    void step(float[] parameters, float[] gradient, float[] state, long update) {
        if (spec instanceof Adam adam) {
            adam(parameters, gradient, state, update, adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
        } else if (spec instanceof AdamW adam) {
            decay(parameters, adam.learningRate() * adam.weightDecay());
            adam(parameters, gradient, state, update, adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
        } else if (spec instanceof Sgd sgd) {
            sgd(parameters, gradient, count, sgd.learningRate());
        } else if (spec instanceof Momentum momentum) {
            momentum(parameters, gradient, state, count, momentum.learningRate(), momentum.momentum());
        } else if (spec instanceof Nesterov nesterov) {
            nesterov(parameters, gradient, state, count, nesterov.learningRate(), nesterov.momentum());
        } else if (spec instanceof Adagrad adagrad) {
            adagrad(parameters, gradient, state, count, adagrad.learningRate(), adagrad.epsilon());
        } else if (spec instanceof RmsProp rmsProp) {
            rmsProp(parameters, gradient, state, count, rmsProp.learningRate(), rmsProp.decay(), rmsProp.epsilon());
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
        System.arraycopy(state, count, second, 0, count);
        adam(parameters, gradient, state, second, count, beta1, beta2, rate, rootScale, epsilon);
        System.arraycopy(second, 0, state, count, count);
    }

    private static void adam(
            float[] parameters,
            float[] gradient,
            float[] means,
            float[] squares,
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
            means[i] = mean;
            squares[i] = square;
            parameters[i] -= rate * mean / ((float) Math.sqrt(square) * rootScale + epsilon);
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
        for (Block block : blocks) {
            for (int i = block.weightOffset(); i < block.biasOffset(); i++) {
                parameters[i] -= share * parameters[i];
            }
        }
    }
}
