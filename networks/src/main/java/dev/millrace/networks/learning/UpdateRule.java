package dev.millrace.networks.learning;

import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Role;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Weights;
import java.util.Arrays;

/**
 * From the gradient of a mini-batch to new weights: check, clip, regularise, optimise, shorten.
 *
 * <p>In the place of a statistic the gradient holds its new value, which is set if the update is made.
 *
 * <p>A component beyond {@link #LARGEST_GRADIENT} refuses the update. Squares of what is let through are far from overflow, and
 * a step is at most 1000 times as long: neither state nor parameters can become infinite.
 */
public final class UpdateRule {

    /** Magnitude of a component of the gradient above which an update is refused. */
    public static final float LARGEST_GRADIENT = 1e16f;

    private final FlatLoops loops;
    private final Tensor[] weightTensors;
    private final Tensor[] statistics;
    private final float[] newStatistics;
    private final double[] columnSums;
    private final int count;
    private final Regularization regularization;
    private final Optimizer optimizer;

    public UpdateRule(NetworkSpec spec, ParameterLayout layout) {
        this(spec, layout, FlatLoops.PLAIN);
    }

    /** @param loops change the speed and no result */
    public UpdateRule(NetworkSpec spec, ParameterLayout layout, FlatLoops loops) {
        this.loops = loops;
        this.weightTensors = tensors(layout, Role.WEIGHT);
        this.statistics = tensors(layout, Role.STATISTIC);
        this.newStatistics =
                new float[Arrays.stream(statistics).mapToInt(Tensor::count).sum()];
        this.columnSums = new double
                [Arrays.stream(weightTensors).mapToInt(Tensor::columns).max().orElse(0)];
        this.count = layout.parameterCount();
        this.regularization = spec.regularization();
        this.optimizer = new Optimizer(spec.optimizer(), layout, loops);
    }

    private static Tensor[] tensors(ParameterLayout layout, Role role) {
        return layout.tensors().stream().filter(tensor -> tensor.role() == role).toArray(Tensor[]::new);
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
        takeStatistics(gradient);
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
        if (regularization.maxNorm() > 0) {
            for (Tensor tensor : weightTensors) {
                shorten(tensor, weights.parameters());
            }
        }
        setStatistics(weights.parameters());
        weights.countUpdate();
        return true;
    }

    /** Whether no component of a gradient, be it of parameters or of inputs, refuses an update. */
    public boolean isBounded(float[] gradient, int components) {
        float largest = 0;
        for (int i = loops.bounded(gradient, components, LARGEST_GRADIENT); i < components; i++) {
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
        for (Tensor tensor : weightTensors) {
            for (int i = tensor.offset(); i < tensor.endOffset(); i++) {
                float weight = parameters[i];
                gradient[i] += l2 * weight + l1 * Math.signum(weight);
            }
        }
    }

    /** Column by column to the largest norm. */
    private void shorten(Tensor tensor, float[] parameters) {
        int columns = tensor.columns();
        Arrays.fill(columnSums, 0, columns, 0);
        for (int row = 0; row < tensor.rows(); row++) {
            int offset = tensor.offset() + row * columns;
            for (int column = 0; column < columns; column++) {
                double weight = parameters[offset + column];
                columnSums[column] += weight * weight;
            }
        }
        for (int column = 0; column < columns; column++) {
            double norm = Math.sqrt(columnSums[column]);
            if (norm > regularization.maxNorm()) {
                float scale = (float) (regularization.maxNorm() / norm);
                for (int row = 0; row < tensor.rows(); row++) {
                    parameters[tensor.offset() + row * columns + column] *= scale;
                }
            }
        }
    }

    /** Statistics have no gradient: what stands in their place is neither clipped nor part of its norm. */
    private void takeStatistics(float[] gradient) {
        int at = 0;
        for (Tensor tensor : statistics) {
            System.arraycopy(gradient, tensor.offset(), newStatistics, at, tensor.count());
            Arrays.fill(gradient, tensor.offset(), tensor.endOffset(), 0);
            at += tensor.count();
        }
    }

    private void setStatistics(float[] parameters) {
        int at = 0;
        for (Tensor tensor : statistics) {
            System.arraycopy(newStatistics, at, parameters, tensor.offset(), tensor.count());
            at += tensor.count();
        }
    }
}
