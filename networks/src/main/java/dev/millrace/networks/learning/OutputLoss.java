package dev.millrace.networks.learning;

import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Task;

/**
 * The end of every network: sums of the output layer to scores, and to the loss with its derivative.
 *
 * <p>Activation and loss are one function of the sums here, so that extreme sums neither overflow nor lose the gradient.
 *
 * <ul>
 *   <li>sums, scores, deltas: {@code [rows, outputs]}, row-major
 *   <li>labels, row weights: {@code [rows]}
 * </ul>
 */
public final class OutputLoss {

    private final Task task;
    private final LossSpec loss;
    private final int outputs;
    private final float positiveWeight;

    public OutputLoss(NetworkSpec spec) {
        this.task = spec.task();
        this.loss = spec.loss();
        this.outputs = spec.outputs();
        this.positiveWeight = spec.loss() instanceof LossSpec.CrossEntropy entropy ? entropy.positiveWeight() : 1;
    }

    /** Refuses labels that are none of the task. */
    public void requireLabels(float[] labels, int rows) {
        for (int row = 0; row < rows; row++) {
            float label = labels[row];
            switch (task) {
                case BINARY -> {
                    if (!(label >= 0 && label <= 1)) {
                        throw wrongLabel(row, label, "between 0 and 1", "check label.value and label.classes");
                    }
                }
                case MULTICLASS -> {
                    if (!(label >= 0 && label < outputs && label == (int) label)) {
                        throw wrongLabel(
                                row,
                                label,
                                "a class index of 0 to " + (outputs - 1),
                                "list every class in label.classes");
                    }
                }
                case REGRESSION -> {
                    if (!Float.isFinite(label)) {
                        throw wrongLabel(row, label, "finite", "drop rows without a label before training");
                    }
                }
            }
        }
    }

    private IllegalArgumentException wrongLabel(int row, float label, String rule, String remedy) {
        return new IllegalArgumentException(
                "labels[" + row + "] must be " + rule + " for task " + task + ", got " + label + "; " + remedy);
    }

    /** Turns the sums of {@code rows} rows into scores, in place. */
    public void activate(float[] sums, int rows) {
        switch (task) {
            case BINARY -> {
                for (int row = 0; row < rows; row++) {
                    sums[row] = FloatMath.sigmoid(sums[row]);
                }
            }
            case MULTICLASS -> {
                for (int row = 0; row < rows; row++) {
                    FloatMath.softmax(sums, row * outputs, outputs);
                }
            }
            case REGRESSION -> {}
        }
    }

    /**
     * Turns the sums into the derivatives of the loss with respect to them, in place.
     *
     * @return (1 / rows)·Σ row weight × loss of the row
     */
    public float differentiate(float[] sums, float[] labels, float[] rowWeights, int rows) {
        double total = 0;
        for (int row = 0; row < rows; row++) {
            float factor = rowWeights[row] / rows;
            float rowLoss =
                    switch (task) {
                        case BINARY -> differentiateBinary(sums, row, labels[row], factor);
                        case MULTICLASS -> differentiateMulticlass(sums, row * outputs, (int) labels[row], factor);
                        case REGRESSION -> differentiateRegression(sums, row, labels[row], factor);
                    };
            total += (double) rowWeights[row] * rowLoss;
        }
        return (float) (total / rows);
    }

    private float differentiateBinary(float[] sums, int at, float label, float factor) {
        float z = sums[at];
        float e = FloatMath.expOfNonPositive(-Math.abs(z));
        float lower = e / (1 + e);
        float upper = 1 / (1 + e);
        float positive = z >= 0 ? upper : lower;
        float negative = z >= 0 ? lower : upper;
        float weighted = positiveWeight * label;
        sums[at] = factor * ((1 - label) * positive - weighted * negative);
        // −ln σ(z) = softplus(−z), −ln(1 − σ(z)) = softplus(z)
        float tail = FloatMath.log1pOfUnit(e);
        return weighted * (Math.max(-z, 0) + tail) + (1 - label) * (Math.max(z, 0) + tail);
    }

    private float differentiateMulticlass(float[] sums, int offset, int label, float factor) {
        float labelSum = sums[offset + label];
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < outputs; i++) {
            highest = Math.max(highest, sums[offset + i]);
        }
        float partition = 0;
        for (int i = 0; i < outputs; i++) {
            float e = FloatMath.expOfNonPositive(sums[offset + i] - highest);
            sums[offset + i] = e;
            partition += e;
        }
        for (int i = 0; i < outputs; i++) {
            float target = i == label ? 1 : 0;
            sums[offset + i] = factor * (sums[offset + i] / partition - target);
        }
        return highest - labelSum + FloatMath.log(partition);
    }

    private float differentiateRegression(float[] sums, int at, float label, float factor) {
        float error = sums[at] - label;
        if (loss instanceof LossSpec.MeanAbsoluteError) {
            sums[at] = factor * Math.signum(error);
            return Math.abs(error);
        }
        sums[at] = factor * 2 * error;
        return error * error;
    }

    /** Turns the sums of one row into the derivatives of the score {@code output} with respect to them, in place. */
    public void differentiateScore(float[] sums, int output) {
        activate(sums, 1);
        float score = sums[output];
        switch (task) {
            case BINARY -> sums[0] = score * (1 - score);
            case MULTICLASS -> {
                for (int i = 0; i < outputs; i++) {
                    sums[i] = score * ((i == output ? 1 : 0) - sums[i]);
                }
            }
            case REGRESSION -> sums[0] = 1;
        }
    }
}
