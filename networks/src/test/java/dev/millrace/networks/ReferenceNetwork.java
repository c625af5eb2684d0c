package dev.millrace.networks;

import dev.millrace.networks.ParameterLayout.Block;
import dev.millrace.networks.learning.DropoutMask;

/** The definition of a network in double precision, as plain as it can be said; gradients by central differences. */
public final class ReferenceNetwork {

    private static final double STEP = 1e-6;

    private final NetworkSpec spec;
    private final ParameterLayout layout;

    public ReferenceNetwork(NetworkSpec spec) {
        this.spec = spec;
        this.layout = ParameterLayout.of(spec);
    }

    public static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** {@code [rows, outputs]} */
    public double[] scores(double[] parameters, double[] inputs, int rows) {
        double[] scores = sums(parameters, inputs, rows, -1);
        activate(spec.task().outputActivation(), scores, rows, spec.outputs());
        return scores;
    }

    /** @param update number of updates before, which fixes the dropout masks */
    public double loss(double[] parameters, float[] inputs, float[] labels, float[] rowWeights, int rows, long update) {
        double[] scores = sums(parameters, toDoubles(inputs), rows, update);
        activate(spec.task().outputActivation(), scores, rows, spec.outputs());
        double total = 0;
        for (int row = 0; row < rows; row++) {
            total += rowWeights[row] * rowLoss(scores, row, labels[row]);
        }
        return total / rows;
    }

    private double rowLoss(double[] scores, int row, float label) {
        double score = scores[row * spec.outputs()];
        if (spec.loss() instanceof LossSpec.CrossEntropy entropy) {
            return spec.task() == Task.BINARY
                    ? -entropy.positiveWeight() * label * Math.log(score) - (1 - label) * Math.log(1 - score)
                    : -Math.log(scores[row * spec.outputs() + (int) label]);
        }
        double error = score - label;
        return spec.loss() instanceof LossSpec.MeanSquaredError ? error * error : Math.abs(error);
    }

    public double[] gradient(
            double[] parameters, float[] inputs, float[] labels, float[] rowWeights, int rows, long update) {
        double[] gradient = new double[parameters.length];
        double[] moved = parameters.clone();
        for (int i = 0; i < parameters.length; i++) {
            moved[i] = parameters[i] + STEP;
            double above = loss(moved, inputs, labels, rowWeights, rows, update);
            moved[i] = parameters[i] - STEP;
            double below = loss(moved, inputs, labels, rowWeights, rows, update);
            moved[i] = parameters[i];
            gradient[i] = (above - below) / (2 * STEP);
        }
        return gradient;
    }

    public double[] inputGradient(double[] parameters, float[] row, int output) {
        double[] gradient = new double[row.length];
        double[] moved = toDoubles(row);
        for (int i = 0; i < row.length; i++) {
            double here = moved[i];
            moved[i] = here + STEP;
            double above = scores(parameters, moved, 1)[output];
            moved[i] = here - STEP;
            double below = scores(parameters, moved, 1)[output];
            moved[i] = here;
            gradient[i] = (above - below) / (2 * STEP);
        }
        return gradient;
    }

    private double[] sums(double[] parameters, double[] inputs, int rows, long update) {
        double[] values = inputs;
        for (Block block : layout.blocks()) {
            if (update >= 0 && block.inputDropout() > 0) {
                values = values.clone();
                float[] mask = new float[rows * block.inputs()];
                DropoutMask.fill(spec.seed(), update, block.index(), block.inputDropout(), rows, block.inputs(), mask);
                for (int i = 0; i < mask.length; i++) {
                    values[i] *= mask[i];
                }
            }
            double[] sums = new double[rows * block.units()];
            for (int row = 0; row < rows; row++) {
                for (int unit = 0; unit < block.units(); unit++) {
                    double sum = parameters[block.biasOffset() + unit];
                    for (int input = 0; input < block.inputs(); input++) {
                        sum += values[row * block.inputs() + input]
                                * parameters[block.weightOffset() + input * block.units() + unit];
                    }
                    sums[row * block.units() + unit] = sum;
                }
            }
            if (!block.output()) {
                activate(block.activation(), sums, rows, block.units());
            }
            values = sums;
        }
        return values;
    }

    private static void activate(Activation activation, double[] values, int rows, int units) {
        for (int row = 0; row < rows; row++) {
            double partition = 0;
            for (int i = row * units; i < (row + 1) * units; i++) {
                partition += Math.exp(values[i]);
            }
            for (int i = row * units; i < (row + 1) * units; i++) {
                double z = values[i];
                values[i] = switch (activation) {
                    case SIGMOID -> 1 / (1 + Math.exp(-z));
                    case TANH -> Math.tanh(z);
                    case RELU -> Math.max(0, z);
                    case SOFTMAX -> Math.exp(z) / partition;
                    case IDENTITY -> z;
                };
            }
        }
    }
}
