package dev.millrace.networks;

import dev.millrace.networks.ParameterLayout.Stage;
import java.util.ArrayList;
import java.util.List;

/** Layers one row at a time, from the formulas of {@link LayerSpec}. A row is the steps that are present. */
final class ReferenceLayers {

    private ReferenceLayers() {}

    static double[][] forward(Stage stage, double[] parameters, double[][] x) {
        LayerSpec layer = stage.layer();
        if (layer instanceof LayerSpec.Dense dense) {
            double[][] y = new double[x.length][];
            for (int t = 0; t < x.length; t++) {
                y[t] = sum(times(x[t], stage, 0, parameters), vector(stage, 1, parameters));
                if (!stage.last()) {
                    activate(dense.activation(), y[t]);
                }
            }
            return y;
        } else if (layer instanceof LayerSpec.Sequence sequence) {
            return sequence(sequence, stage.output().channels(), x[0]);
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            return lstm(lstm.units(), stage, parameters, x);
        } else if (layer instanceof LayerSpec.Gru gru) {
            return gru(gru.units(), stage, parameters, x);
        } else if (layer instanceof LayerSpec.Convolution convolution) {
            return convolution(convolution, stage, parameters, x);
        } else if (layer instanceof LayerSpec.Attention attention) {
            return attention(attention, stage, parameters, x);
        } else if (layer instanceof LayerSpec.Pool pool) {
            return new double[][] {pool(pool.pooling(), stage.input().channels(), x)};
        } else if (layer instanceof LayerSpec.Flatten) {
            return new double[][] {flatten(stage.input(), x)};
        } else if (layer instanceof LayerSpec.LayerNormalization) {
            return normalizeLayer(stage, parameters, x);
        }
        throw new AssertionError("no definition of " + layer);
    }

    private static double[][] sequence(LayerSpec.Sequence sequence, int channels, double[] row) {
        List<double[]> steps = new ArrayList<>();
        int width = row.length / sequence.steps();
        for (int t = 0; t < sequence.steps(); t++) {
            if (!sequence.masked() || row[t * width] != 0) {
                double[] step = new double[channels];
                System.arraycopy(row, t * width + width - channels, step, 0, channels);
                steps.add(step);
            }
        }
        return steps.toArray(double[][]::new);
    }

    private static double[][] lstm(int units, Stage stage, double[] parameters, double[][] x) {
        double[][] y = new double[x.length][units];
        double[] h = new double[units];
        double[] c = new double[units];
        for (int t = 0; t < x.length; t++) {
            double[] z = sum(times(x[t], stage, 0, parameters), times(h, stage, 1, parameters));
            for (int k = 2; k < 5; k++) {
                double[] bias = vector(stage, k, parameters);
                int offset = k == 2 ? 0 : k == 3 ? units : 2 * units;
                for (int i = 0; i < bias.length; i++) {
                    z[offset + i] += bias[i];
                }
            }
            h = new double[units];
            for (int i = 0; i < units; i++) {
                c[i] = sigmoid(z[units + i]) * c[i] + sigmoid(z[i]) * Math.tanh(z[2 * units + i]);
                h[i] = sigmoid(z[3 * units + i]) * Math.tanh(c[i]);
            }
            y[t] = h;
        }
        return y;
    }

    private static double[][] gru(int units, Stage stage, double[] parameters, double[][] x) {
        double[][] y = new double[x.length][units];
        double[] h = new double[units];
        for (int t = 0; t < x.length; t++) {
            double[] fromInput = sum(times(x[t], stage, 0, parameters), vector(stage, 2, parameters));
            double[] fromState = times(h, stage, 1, parameters);
            double[] reset = new double[units];
            for (int i = 0; i < units; i++) {
                reset[i] = h[i] * sigmoid(fromInput[i] + fromState[i]);
            }
            double[] fromReset = times(reset, stage, 1, parameters);
            double[] next = new double[units];
            for (int i = 0; i < units; i++) {
                double z = sigmoid(fromInput[units + i] + fromState[units + i]);
                next[i] = z * h[i] + (1 - z) * Math.tanh(fromInput[2 * units + i] + fromReset[2 * units + i]);
            }
            h = next;
            y[t] = h;
        }
        return y;
    }

    private static double[][] convolution(
            LayerSpec.Convolution convolution, Stage stage, double[] parameters, double[][] x) {
        int channels = stage.input().channels();
        int before = convolution.padding() == LayerSpec.Padding.CAUSAL
                ? convolution.width() - 1
                : (convolution.width() - 1) / 2;
        List<double[]> y = new ArrayList<>();
        for (int t = x.length - 1; t >= 0; t -= convolution.stride()) {
            double[] seen = new double[convolution.width() * channels];
            for (int k = 0; k < convolution.width(); k++) {
                int source = t - before + k;
                if (source >= 0 && source < x.length) {
                    System.arraycopy(x[source], 0, seen, k * channels, channels);
                }
            }
            double[] sums = sum(times(seen, stage, 0, parameters), vector(stage, 1, parameters));
            activate(convolution.activation(), sums);
            y.add(0, sums);
        }
        return y.toArray(double[][]::new);
    }

    private static double[][] attention(LayerSpec.Attention attention, Stage stage, double[] parameters, double[][] x) {
        int width = attention.units() / attention.heads();
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] heads = new double[attention.units()];
            double[] q = times(x[t], stage, 0, parameters);
            for (int head = 0; head < attention.heads(); head++) {
                double[] weights = new double[x.length];
                for (int s = 0; s < x.length; s++) {
                    double[] k = times(x[s], stage, 1, parameters);
                    for (int i = head * width; i < (head + 1) * width; i++) {
                        weights[s] += q[i] * k[i] / Math.sqrt(width);
                    }
                }
                activate(Activation.SOFTMAX, weights);
                for (int s = 0; s < x.length; s++) {
                    double[] v = times(x[s], stage, 2, parameters);
                    for (int i = head * width; i < (head + 1) * width; i++) {
                        heads[i] += weights[s] * v[i];
                    }
                }
            }
            y[t] = times(heads, stage, 3, parameters);
        }
        return y;
    }

    private static double[] pool(LayerSpec.Pooling pooling, int channels, double[][] x) {
        double[] y = new double[channels];
        for (int i = 0; i < channels && x.length > 0; i++) {
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (double[] step : x) {
                sum += step[i];
                most = Math.max(most, step[i]);
            }
            y[i] = switch (pooling) {
                case MAX -> most;
                case MEAN -> sum / x.length;
                case LAST -> x[x.length - 1][i];
            };
        }
        return y;
    }

    private static double[] flatten(Shape shape, double[][] x) {
        double[] y = new double[shape.size()];
        int absent = shape.steps() - x.length;
        for (int t = 0; t < x.length; t++) {
            System.arraycopy(x[t], 0, y, (absent + t) * shape.channels(), shape.channels());
        }
        return y;
    }

    private static double[][] normalizeLayer(Stage stage, double[] parameters, double[][] x) {
        double[] gain = vector(stage, 0, parameters);
        double[] shift = vector(stage, 1, parameters);
        double[][] y = new double[x.length][gain.length];
        for (int t = 0; t < x.length; t++) {
            double mean = 0;
            for (double value : x[t]) {
                mean += value / x[t].length;
            }
            double variance = 0;
            for (double value : x[t]) {
                variance += (value - mean) * (value - mean) / x[t].length;
            }
            for (int i = 0; i < gain.length; i++) {
                y[t][i] = gain[i] * (x[t][i] - mean) / Math.sqrt(variance + 1e-5) + shift[i];
            }
        }
        return y;
    }

    static List<double[][]> normalizeBatch(Stage stage, double[] parameters, List<double[][]> rows, boolean training) {
        int channels = stage.input().channels();
        double[] gain = vector(stage, 0, parameters);
        double[] shift = vector(stage, 1, parameters);
        double[] mean = vector(stage, 2, parameters);
        double[] variance = vector(stage, 3, parameters);
        int count = rows.stream().mapToInt(row -> row.length).sum();
        if (training && count > 1) {
            for (int i = 0; i < channels; i++) {
                double total = 0;
                for (double[][] row : rows) {
                    for (double[] step : row) {
                        total += step[i];
                    }
                }
                mean[i] = total / count;
                double squares = 0;
                for (double[][] row : rows) {
                    for (double[] step : row) {
                        squares += (step[i] - mean[i]) * (step[i] - mean[i]);
                    }
                }
                variance[i] = squares / count;
            }
        }
        List<double[][]> normalized = new ArrayList<>();
        for (double[][] row : rows) {
            double[][] y = new double[row.length][channels];
            for (int t = 0; t < row.length; t++) {
                for (int i = 0; i < channels; i++) {
                    y[t][i] = gain[i] * (row[t][i] - mean[i]) / Math.sqrt(variance[i] + 1e-5) + shift[i];
                }
            }
            normalized.add(y);
        }
        return normalized;
    }

    static double[][] add(double[][] left, double[][] right) {
        double[][] sum = new double[left.length][];
        for (int t = 0; t < left.length; t++) {
            sum[t] = sum(left[t], right[t]);
        }
        return sum;
    }

    private static double[] sum(double[] left, double[] right) {
        double[] sum = left.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += right[i];
        }
        return sum;
    }

    private static double[] times(double[] x, Stage stage, int tensor, double[] parameters) {
        ParameterLayout.Tensor w = stage.tensors().get(tensor);
        double[] y = new double[w.columns()];
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < y.length; j++) {
                y[j] += x[i] * parameters[w.offset() + i * y.length + j];
            }
        }
        return y;
    }

    private static double[] vector(Stage stage, int tensor, double[] parameters) {
        ParameterLayout.Tensor b = stage.tensors().get(tensor);
        double[] vector = new double[b.count()];
        System.arraycopy(parameters, b.offset(), vector, 0, vector.length);
        return vector;
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    static void activate(Activation activation, double[] values) {
        double partition = 0;
        for (double value : values) {
            partition += Math.exp(value);
        }
        for (int i = 0; i < values.length; i++) {
            double z = values[i];
            values[i] = switch (activation) {
                case SIGMOID -> sigmoid(z);
                case TANH -> Math.tanh(z);
                case RELU -> Math.max(0, z);
                case SOFTMAX -> Math.exp(z) / partition;
                case IDENTITY -> z;
                case LEAKY_RELU -> z > 0 ? z : z / 100;
                case ELU -> z > 0 ? z : Math.exp(z) - 1;
                case GELU -> z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
            };
        }
    }
}
