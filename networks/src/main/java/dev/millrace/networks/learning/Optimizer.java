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
    private final ParameterLayout layout;

    Optimizer(OptimizerSpec spec, ParameterLayout layout) {
        this.spec = spec;
        this.layout = layout;
    }

    /**
     * @param state the slots, one after the other
     * @param update number of this update, starting at 1
     */
    void step(float[] parameters, float[] gradient, float[] state, long update) {
        int count = layout.parameterCount();
        if (spec instanceof Adam adam) {
            adam(parameters, gradient, state, count, adam, update);
        } else if (spec instanceof AdamW adamW) {
            decay(parameters, adamW.learningRate() * adamW.weightDecay());
            Adam adam = new Adam(adamW.learningRate(), adamW.beta1(), adamW.beta2(), adamW.epsilon());
            adam(parameters, gradient, state, count, adam, update);
        } else if (spec instanceof Sgd sgd) {
            sgd(parameters, gradient, count, sgd.learningRate());
        } else if (spec instanceof Momentum momentum) {
            momentum(parameters, gradient, state, count, momentum.learningRate(), momentum.momentum());
        } else if (spec instanceof Nesterov nesterov) {
            nesterov(parameters, gradient, state, count, nesterov.learningRate(), nesterov.momentum());
        } else if (spec instanceof Adagrad adagrad) {
            adagrad(parameters, gradient, state, count, adagrad.learningRate(), adagrad.epsilon());
        } else if (spec instanceof RmsProp rmsProp) {
            rmsProp(parameters, gradient, state, count, rmsProp);
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

    private static void rmsProp(float[] parameters, float[] gradient, float[] squares, int count, RmsProp spec) {
        float rate = spec.learningRate();
        float decay = spec.decay();
        float fresh = 1 - decay;
        float epsilon = spec.epsilon();
        for (int i = 0; i < count; i++) {
            float g = gradient[i];
            float square = decay * squares[i] + fresh * (g * g);
            squares[i] = square;
            parameters[i] -= rate * g / ((float) Math.sqrt(square) + epsilon);
        }
    }

    private static void adam(float[] parameters, float[] gradient, float[] state, int count, Adam spec, long update) {
        float beta1 = spec.beta1();
        float beta2 = spec.beta2();
        float fresh1 = 1 - beta1;
        float fresh2 = 1 - beta2;
        float epsilon = spec.epsilon();
        // StrictMath: Math.pow may differ in its last bit between machines.
        float rate = (float) (spec.learningRate() / (1 - StrictMath.pow(beta1, update)));
        float rootScale = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, update)));
        for (int i = 0; i < count; i++) {
            float g = gradient[i];
            float mean = beta1 * state[i] + fresh1 * g;
            float square = beta2 * state[count + i] + fresh2 * (g * g);
            state[i] = mean;
            state[count + i] = square;
            parameters[i] -= rate * mean / ((float) Math.sqrt(square) * rootScale + epsilon);
        }
    }

    private void decay(float[] parameters, float share) {
        for (Block block : layout.blocks()) {
            for (int i = block.weightOffset(); i < block.biasOffset(); i++) {
                parameters[i] -= share * parameters[i];
            }
        }
    }
}
