package dev.millrace.networks.learning;

import dev.millrace.networks.Engine;
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

    private final FlatLoops loops;
    private final Task task;
    private final LossSpec loss;
    private final int outputs;
    private final float positiveWeight;
    private final float smoothing;
    private final float gamma;
    private final float lowestBinaryLabel;

    /** Of the rows whose loss {@link FlatLoops} computed. */
    private float[] losses = new float[0];

    private float[] scratch = new float[0];

    public OutputLoss(NetworkSpec spec) {
        this(spec, FlatLoops.PLAIN);
    }

    /** @param loops change the speed and no result */
    public OutputLoss(NetworkSpec spec, FlatLoops loops) {
        this.loops = loops;
        this.task = spec.task();
        this.loss = spec.loss();
        this.outputs = spec.outputs();
        this.positiveWeight = spec.loss().positiveWeight();
        this.smoothing = spec.loss() instanceof LossSpec.CrossEntropy entropy ? entropy.labelSmoothing() : 0;
        this.gamma = spec.loss() instanceof LossSpec.Focal focal ? focal.gamma() : 0;
        this.lowestBinaryLabel = spec.loss() instanceof LossSpec.DelayedFeedback ? -Float.MAX_VALUE : 0;
    }

    /** Refuses labels that are none of the task. */
    public void requireLabels(float[] labels, int rows) {
        for (int row = 0; row < rows; row++) {
            float label = labels[row];
            switch (task) {
                case BINARY -> {
                    if (!(label >= lowestBinaryLabel && label <= 1)) {
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
                case RANKING -> {
                    if (label != 1 && (label != 0 || row == 0)) {
                        throw wrongLabel(row, label, "1 to open a list or 0 within one", "begin each list with its 1");
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
            case REGRESSION, RANKING -> {}
        }
    }

    /**
     * Turns the sums into the derivatives of the loss with respect to them, in place.
     *
     * @return (1 / rows)·Σ row weight × loss of the row; of a ranking the same over lists
     */
    public float differentiate(float[] sums, float[] labels, float[] rowWeights, int rows) {
        if (task == Task.RANKING) {
            return differentiateLists(sums, labels, rowWeights, rows);
        }
        int done = differentiateOnVectors(sums, labels, rowWeights, rows);
        double total = 0;
        for (int row = 0; row < done; row++) {
            total += (double) rowWeights[row] * losses[row];
        }
        for (int row = done; row < rows; row++) {
            float factor = rowWeights[row] / rows;
            float rowLoss =
                    switch (task) {
                        case BINARY -> differentiateBinary(sums, row, labels[row], factor);
                        case MULTICLASS -> differentiateMulticlass(sums, row * outputs, (int) labels[row], factor);
                        case REGRESSION -> differentiateRegression(sums, row, labels[row], factor);
                        case RANKING -> throw new AssertionError("rows of lists have no loss of their own");
                    };
            total += (double) rowWeights[row] * rowLoss;
        }
        return (float) (total / rows);
    }

    private float differentiateLists(float[] sums, float[] labels, float[] rowWeights, int rows) {
        int lists = 0;
        for (int row = 0; row < rows; row++) {
            lists += labels[row] == 1 ? 1 : 0;
        }
        double total = 0;
        int start = 0;
        while (start < rows) {
            int end = start + 1;
            while (end < rows && labels[end] == 0) {
                end++;
            }
            float chosen = sums[start];
            float highest = chosen;
            for (int row = start + 1; row < end; row++) {
                highest = Math.max(highest, sums[row]);
            }
            float partition = 0;
            for (int row = start; row < end; row++) {
                sums[row] = FloatMath.expOfNonPositive(sums[row] - highest);
                partition += sums[row];
            }
            float factor = rowWeights[start] / lists;
            for (int row = start; row < end; row++) {
                sums[row] = factor * (sums[row] / partition - (row == start ? 1 : 0));
            }
            total += (double) rowWeights[start] * (highest - chosen + FloatMath.log(partition));
            start = end;
        }
        return (float) (total / lists);
    }

    private int differentiateOnVectors(float[] sums, float[] labels, float[] rowWeights, int rows) {
        if (task != Task.BINARY || !(loss instanceof LossSpec.CrossEntropy)) {
            return 0;
        }
        if (losses.length < rows) {
            losses = new float[rows];
            scratch = new float[rows];
        }
        return loops.differentiateCrossEntropy(
                sums, labels, rowWeights, losses, scratch, rows, positiveWeight, smoothing);
    }

    private float differentiateBinary(float[] sums, int at, float given, float factor) {
        float z = sums[at];
        if (loss instanceof LossSpec.Hinge) {
            sums[at] = factor * ((1 - given) * (z > -1 ? 1 : 0) - given * (z < 1 ? 1 : 0));
            return given * Math.max(0, 1 - z) + (1 - given) * Math.max(0, 1 + z);
        }
        float label = smoothing == 0 ? given : given * (1 - smoothing) + smoothing / 2;
        float e = FloatMath.expOfNonPositive(-Math.abs(z));
        float lower = e / (1 + e);
        float upper = 1 / (1 + e);
        float positive = z >= 0 ? upper : lower;
        float negative = z >= 0 ? lower : upper;
        if (given < 0) {
            // w = 1 / (1 + κ·e^z), of which only e^−|z| is known not to overflow
            float doubt = -given;
            float weight = z >= 0 ? e / (e + doubt) : 1 / (1 + doubt * e);
            sums[at] = factor * weight * positive;
            return weight * (Math.max(z, 0) + FloatMath.log1pOfUnit(e));
        }
        float weighted = positiveWeight * label;
        // −ln σ(z) = softplus(−z), −ln(1 − σ(z)) = softplus(z)
        float tail = FloatMath.log1pOfUnit(e);
        float lossOfPositive = Math.max(-z, 0) + tail;
        float lossOfNegative = Math.max(z, 0) + tail;
        if (gamma > 0) {
            // (1 − σ(z))^γ = e^(−γ·softplus(z)), and the other way round
            float focusOnPositive = FloatMath.expOfNonPositive(-gamma * lossOfNegative);
            float focusOnNegative = FloatMath.expOfNonPositive(-gamma * lossOfPositive);
            float slopeOfPositive = -focusOnPositive * (gamma * positive * lossOfPositive + negative);
            float slopeOfNegative = focusOnNegative * (gamma * negative * lossOfNegative + positive);
            sums[at] = factor * ((1 - label) * slopeOfNegative + weighted * slopeOfPositive);
            return weighted * focusOnPositive * lossOfPositive + (1 - label) * focusOnNegative * lossOfNegative;
        }
        sums[at] = factor * ((1 - label) * positive - weighted * negative);
        return weighted * lossOfPositive + (1 - label) * lossOfNegative;
    }

    private float differentiateMulticlass(float[] sums, int offset, int label, float factor) {
        float labelSum = sums[offset + label];
        float highest = Float.NEGATIVE_INFINITY;
        float total = 0;
        for (int i = 0; i < outputs; i++) {
            highest = Math.max(highest, sums[offset + i]);
        }
        float partition = 0;
        float others = 0;
        for (int i = 0; i < outputs; i++) {
            float distance = sums[offset + i] - highest;
            float e = FloatMath.expOfNonPositive(distance);
            sums[offset + i] = e;
            partition += e;
            others += i == label ? 0 : e;
            total += distance;
        }
        float logPartition = FloatMath.log(partition);
        float lossOfLabel = highest - labelSum + logPartition;
        if (gamma > 0) {
            return focusMulticlass(sums, offset, label, factor, partition, others / partition, lossOfLabel);
        }
        float spread = smoothing / outputs;
        for (int i = 0; i < outputs; i++) {
            float target = i == label ? 1 - smoothing + spread : spread;
            sums[offset + i] = factor * (sums[offset + i] / partition - target);
        }
        return smoothing == 0
                ? lossOfLabel
                : (1 - smoothing) * lossOfLabel + smoothing * (logPartition - total / outputs);
    }

    /** @param rest 1 − p, without the loss of digits */
    private float focusMulticlass(
            float[] sums, int offset, int label, float factor, float partition, float rest, float lossOfLabel) {
        boolean certain = rest < Float.MIN_NORMAL;
        float focus = certain ? 0 : FloatMath.expOfNonPositive(gamma * Math.min(0, FloatMath.log(rest)));
        // p·dL/dp = −(1 − p)^γ·(1 − γ·p·ln p / (1 − p)), whose fraction goes to −1 with p to 1
        float fraction = certain ? 1 : (1 - rest) * lossOfLabel / rest;
        float slope = -focus * (1 + gamma * fraction);
        for (int i = 0; i < outputs; i++) {
            float target = i == label ? 1 : 0;
            sums[offset + i] = factor * slope * (target - sums[offset + i] / partition);
        }
        return focus * lossOfLabel;
    }

    private float differentiateRegression(float[] sums, int at, float label, float factor) {
        float error = sums[at] - label;
        if (loss instanceof LossSpec.MeanAbsoluteError) {
            sums[at] = factor * Math.signum(error);
            return Math.abs(error);
        }
        if (loss instanceof LossSpec.Huber huber) {
            float delta = huber.delta();
            float size = Math.abs(error);
            sums[at] = factor * Math.max(-delta, Math.min(delta, error));
            return size <= delta ? error * error / 2 : delta * (size - delta / 2);
        }
        sums[at] = factor * 2 * error;
        return error * error;
    }

    /**
     * Turns the sums of one row into the derivatives of a score with respect to them, in place.
     *
     * @param output index of the score; or {@link Engine#LOG_ODDS}, of a binary task only
     */
    public void differentiateScore(float[] sums, int output) {
        if (output == Engine.LOG_ODDS) {
            if (task != Task.BINARY) {
                throw new IllegalArgumentException("log-odds need task BINARY, got " + task + "; name a score instead");
            }
            sums[0] = 1;
            return;
        }
        activate(sums, 1);
        float score = sums[output];
        switch (task) {
            case BINARY -> sums[0] = score * (1 - score);
            case MULTICLASS -> {
                for (int i = 0; i < outputs; i++) {
                    sums[i] = score * ((i == output ? 1 : 0) - sums[i]);
                }
            }
            case REGRESSION, RANKING -> sums[0] = 1;
        }
    }
}
