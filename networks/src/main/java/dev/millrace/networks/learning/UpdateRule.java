package dev.millrace.networks.learning;

import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Block;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Weights;

/**
 * From the gradient of a mini-batch to new weights: check, clip, regularise, optimise.
 *
 * <p>A component beyond {@link #LARGEST_GRADIENT} refuses the update. Squares of what is let through are far from overflow, and
 * a step is at most 1000 times as long: neither state nor parameters can become infinite.
 */
public final class UpdateRule {

    /** Magnitude of a component of the gradient above which an update is refused. */
    public static final float LARGEST_GRADIENT = 1e16f;

    private final Block[] blocks;
    private final int count;
    private final Regularization regularization;
    private final Optimizer optimizer;

    public UpdateRule(NetworkSpec spec, ParameterLayout layout) {
        this.blocks = layout.blocks().toArray(Block[]::new);
        this.count = layout.parameterCount();
        this.regularization = spec.regularization();
        this.optimizer = new Optimizer(spec.optimizer(), layout);
    }

    /**
     * @param loss of the mini-batch; one that is not finite refuses the update
     * @param gradient {@code [parameterCount]}, changed
     * @return whether the update was made; if not, the weights are as they were
     */
    public boolean apply(Weights weights, float loss, float[] gradient) {
        if (!Float.isFinite(loss) || !isBounded(gradient, count)) {
            return false;
        }
        if (regularization.clipValue() > 0) {
            clipValues(gradient, count, regularization.clipValue());
        }
        if (regularization.clipNorm() > 0) {
            clipNorm(gradient, count, regularization.clipNorm());
        }
        if (regularization.penalises()) {
            penalise(weights.parameters(), gradient);
            if (!isBounded(gradient, count)) {
                return false;
            }
        }
        optimizer.step(weights.parameters(), gradient, weights.updaterState(), weights.updates() + 1);
        weights.countUpdate();
        return true;
    }

    private static boolean isBounded(float[] gradient, int count) {
        float largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(gradient[i]));
        }
        // False for NaN, which Math.max hands on.
        return largest <= LARGEST_GRADIENT;
    }

    private static void clipValues(float[] gradient, int count, float limit) {
        for (int i = 0; i < count; i++) {
            gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
        }
    }

    private static void clipNorm(float[] gradient, int count, float limit) {
        double norm = Math.sqrt(sumOfSquares(gradient, count));
        if (norm > limit) {
            float scale = (float) (limit / norm);
            for (int i = 0; i < count; i++) {
                gradient[i] *= scale;
            }
        }
    }

    /** Eight partial sums whatever the width of a vector: the order of additions is part of the result. */
    private static double sumOfSquares(float[] values, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            s0 += (double) values[i] * values[i];
            s1 += (double) values[i + 1] * values[i + 1];
            s2 += (double) values[i + 2] * values[i + 2];
            s3 += (double) values[i + 3] * values[i + 3];
            s4 += (double) values[i + 4] * values[i + 4];
            s5 += (double) values[i + 5] * values[i + 5];
            s6 += (double) values[i + 6] * values[i + 6];
            s7 += (double) values[i + 7] * values[i + 7];
        }
        double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; i < count; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }

    private void penalise(float[] parameters, float[] gradient) {
        float l1 = regularization.l1PerUpdate();
        float l2 = regularization.l2PerUpdate();
        for (Block block : blocks) {
            for (int i = block.weightOffset(); i < block.biasOffset(); i++) {
                float weight = parameters[i];
                gradient[i] += l2 * weight + l1 * Math.signum(weight);
            }
        }
    }
}
