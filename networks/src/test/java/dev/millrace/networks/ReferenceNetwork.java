package dev.millrace.networks;

import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.learning.DropoutMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

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
        return scores(parameters, inputs, rows, -1);
    }

    private double[] scores(double[] parameters, double[] inputs, int rows, long update) {
        double[] scores = new double[rows * spec.outputs()];
        double[][] sums = sums(parameters, inputs, rows, update);
        for (int row = 0; row < rows; row++) {
            double[] values = sums[row].clone();
            ReferenceLayers.activate(spec.task().outputActivation(), values);
            System.arraycopy(values, 0, scores, row * spec.outputs(), spec.outputs());
        }
        return scores;
    }

    /** @param update number of updates before, which fixes the dropout masks */
    public double loss(double[] parameters, float[] inputs, float[] labels, float[] rowWeights, int rows, long update) {
        double[] values = toDoubles(inputs);
        return loss(parameters, values, heldSums(parameters, values, rows, update), labels, rowWeights, rows, update);
    }

    /** Where the loss takes what it holds constant in its derivative from; null if it holds nothing. */
    private double[][] heldSums(double[] parameters, double[] inputs, int rows, long update) {
        return spec.loss() instanceof LossSpec.DelayedFeedback ? sums(parameters, inputs, rows, update) : null;
    }

    private double loss(
            double[] parameters,
            double[] inputs,
            double[][] heldSums,
            float[] labels,
            float[] rowWeights,
            int rows,
            long update) {
        double[][] sums = sums(parameters, inputs, rows, update);
        double[] scores = scores(parameters, inputs, rows, update);
        if (spec.task() == Task.RANKING) {
            return lossOfLists(scores, labels, rowWeights, rows);
        }
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double heldOdds = heldSums == null ? 0 : Math.exp(heldSums[row][0]);
            total += rowWeights[row] * rowLoss(sums[row][0], heldOdds, scores, row, labels[row]);
        }
        return total / rows;
    }

    /** Mean over lists of −ln of the share that the first row has of the exponentials of its list. */
    private static double lossOfLists(double[] scores, float[] labels, float[] rowWeights, int rows) {
        double total = 0;
        int lists = 0;
        for (int first = 0; first < rows; first++) {
            if (labels[first] == 1) {
                double exponentials = Math.exp(scores[first]);
                for (int row = first + 1; row < rows && labels[row] == 0; row++) {
                    exponentials += Math.exp(scores[row]);
                }
                total += rowWeights[first] * (Math.log(exponentials) - scores[first]);
                lists++;
            }
        }
        return total / lists;
    }

    private double rowLoss(double sum, double heldOdds, double[] scores, int row, float label) {
        int outputs = spec.outputs();
        double score = scores[row * outputs];
        LossSpec loss = spec.loss();
        if (loss instanceof LossSpec.CrossEntropy entropy) {
            double smoothing = entropy.labelSmoothing();
            if (spec.task() == Task.BINARY) {
                double smooth = (1 - smoothing) * label + smoothing / 2;
                return -entropy.positiveWeight() * smooth * Math.log(score) - (1 - smooth) * Math.log(1 - score);
            }
            double total = 0;
            for (int i = 0; i < outputs; i++) {
                double target = (i == (int) label ? 1 - smoothing : 0) + smoothing / outputs;
                total -= target * Math.log(scores[row * outputs + i]);
            }
            return total;
        }
        if (loss instanceof LossSpec.Focal focal) {
            double gamma = focal.gamma();
            if (spec.task() == Task.BINARY) {
                return -focal.positiveWeight() * label * Math.pow(1 - score, gamma) * Math.log(score)
                        - (1 - label) * Math.pow(score, gamma) * Math.log(1 - score);
            }
            double ofLabel = scores[row * outputs + (int) label];
            return -Math.pow(1 - ofLabel, gamma) * Math.log(ofLabel);
        }
        if (loss instanceof LossSpec.DelayedFeedback delayed) {
            return label > 0
                    ? -delayed.positiveWeight() * Math.log(score)
                    : -Math.log(1 - score) / (1 - label * heldOdds);
        }
        if (loss instanceof LossSpec.Hinge) {
            return label * Math.max(0, 1 - sum) + (1 - label) * Math.max(0, 1 + sum);
        }
        double error = Math.abs(score - label);
        if (loss instanceof LossSpec.Huber huber) {
            return error <= huber.delta() ? error * error / 2 : huber.delta() * (error - huber.delta() / 2);
        }
        return loss instanceof LossSpec.MeanSquaredError ? error * error : error;
    }

    public double[] gradient(
            double[] parameters, float[] inputs, float[] labels, float[] rowWeights, int rows, long update) {
        double[] gradient = new double[parameters.length];
        double[] moved = parameters.clone();
        double[] values = toDoubles(inputs);
        double[][] held = heldSums(parameters, values, rows, update);
        for (int i = 0; i < parameters.length; i++) {
            moved[i] = parameters[i] + STEP;
            double above = loss(moved, values, held, labels, rowWeights, rows, update);
            moved[i] = parameters[i] - STEP;
            double below = loss(moved, values, held, labels, rowWeights, rows, update);
            moved[i] = parameters[i];
            gradient[i] = (above - below) / (2 * STEP);
        }
        return gradient;
    }

    /** Of the loss with respect to the inputs: {@code [rows, inputs]}. */
    public double[] inputGradients(
            double[] parameters, float[] inputs, float[] labels, float[] rowWeights, int rows, long update) {
        double[] gradient = new double[rows * spec.inputs()];
        double[] moved = toDoubles(inputs);
        double[][] held = heldSums(parameters, moved, rows, update);
        for (int i = 0; i < gradient.length; i++) {
            double here = moved[i];
            moved[i] = here + STEP;
            double above = loss(parameters, moved, held, labels, rowWeights, rows, update);
            moved[i] = here - STEP;
            double below = loss(parameters, moved, held, labels, rowWeights, rows, update);
            moved[i] = here;
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

    private double[][] sums(double[] parameters, double[] inputs, int rows, long update) {
        List<double[][]> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            double[] flat = new double[spec.inputs()];
            System.arraycopy(inputs, row * spec.inputs(), flat, 0, spec.inputs());
            values.add(new double[][] {flat});
        }
        values = forward(layout.stages(), parameters, values, update);
        return values.stream().map(row -> row[0]).toArray(double[][]::new);
    }

    /** A row is its steps, only those that are present; a flat vector is one step. */
    private List<double[][]> forward(List<Stage> stages, double[] parameters, List<double[][]> input, long update) {
        List<double[][]> values = input;
        for (Stage stage : stages) {
            if (stage.layer() instanceof LayerSpec.Residual) {
                List<double[][]> added = forward(stage.inner().get(0), parameters, values, update);
                for (int row = 0; row < values.size(); row++) {
                    added.set(row, ReferenceLayers.add(added.get(row), values.get(row)));
                }
                values = added;
            } else if (stage.layer() instanceof LayerSpec.Branches branches) {
                values = branch(stage, branches, parameters, values, update);
            } else if (stage.layer() instanceof LayerSpec.Dropout dropout) {
                values = update < 0 ? values : dropOut(stage, dropout.rate(), values, update);
            } else if (stage.layer() instanceof LayerSpec.BatchNormalization) {
                values = ReferenceLayers.normalizeBatch(stage, parameters, values, update >= 0);
            } else {
                List<double[][]> next = new ArrayList<>();
                for (double[][] row : values) {
                    next.add(ReferenceLayers.forward(stage, parameters, row));
                }
                values = next;
            }
        }
        return values;
    }

    private List<double[][]> branch(
            Stage stage, LayerSpec.Branches branches, double[] parameters, List<double[][]> values, long update) {
        List<List<double[][]>> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < branches.branches().size(); i++) {
            int end = start + branches.branches().get(i).inputs();
            List<double[][]> part = new ArrayList<>();
            for (double[][] row : values) {
                part.add(new double[][] {Arrays.copyOfRange(row[0], start, end)});
            }
            parts.add(forward(stage.inner().get(i), parameters, part, update));
            start = end;
        }
        List<double[][]> together = sideBySide(parts);
        if (branches.join() == LayerSpec.Join.CONCAT) {
            return together;
        }
        List<List<double[][]>> joined = new ArrayList<>();
        List<List<double[][]>> partners = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            (branches.branches().get(i).rest() ? joined : partners).add(parts.get(i));
        }
        joined.add(0, branches.join() == LayerSpec.Join.DOT ? dot(partners) : secondOrder(partners));
        if (!branches.deep().isEmpty()) {
            joined.add(forward(stage.inner().get(parts.size()), parameters, together, update));
        }
        return sideBySide(joined);
    }

    private static List<double[][]> sideBySide(List<List<double[][]>> parts) {
        List<double[][]> together = new ArrayList<>();
        for (int row = 0; row < parts.get(0).size(); row++) {
            int here = row;
            double[] all = parts.stream()
                    .flatMapToDouble(part -> DoubleStream.of(part.get(here)[0]))
                    .toArray();
            together.add(new double[][] {all});
        }
        return together;
    }

    private static List<double[][]> dot(List<List<double[][]>> partners) {
        List<double[][]> products = new ArrayList<>();
        for (int row = 0; row < partners.get(0).size(); row++) {
            double product = 0;
            for (int f = 0; f < partners.get(0).get(row)[0].length; f++) {
                product += partners.get(0).get(row)[0][f] * partners.get(1).get(row)[0][f];
            }
            products.add(new double[][] {{product}});
        }
        return products;
    }

    /** Rendle 2010, lemma 3.1. */
    private static List<double[][]> secondOrder(List<List<double[][]>> partners) {
        List<double[][]> terms = new ArrayList<>();
        for (int row = 0; row < partners.get(0).size(); row++) {
            double term = 0;
            for (int f = 0; f < partners.get(0).get(row)[0].length; f++) {
                double sum = 0;
                double squares = 0;
                for (List<double[][]> partner : partners) {
                    double value = partner.get(row)[0][f];
                    sum += value;
                    squares += value * value;
                }
                term += (sum * sum - squares) / 2;
            }
            terms.add(new double[][] {{term}});
        }
        return terms;
    }

    private List<double[][]> dropOut(Stage stage, float rate, List<double[][]> values, long update) {
        int units = stage.input().size();
        int channels = stage.input().channels();
        float[] mask = new float[values.size() * units];
        DropoutMask.fill(spec.seed(), update, stage.index(), rate, values.size(), units, mask);
        List<double[][]> dropped = new ArrayList<>();
        for (int row = 0; row < values.size(); row++) {
            double[][] steps = values.get(row);
            double[][] kept = new double[steps.length][channels];
            int absent = stage.input().steps() - steps.length;
            for (int t = 0; t < steps.length; t++) {
                for (int i = 0; i < channels; i++) {
                    kept[t][i] = steps[t][i] * mask[row * units + (absent + t) * channels + i];
                }
            }
            dropped.add(kept);
        }
        return dropped;
    }
}
