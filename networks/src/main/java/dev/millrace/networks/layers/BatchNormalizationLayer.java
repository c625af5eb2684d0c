package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.BatchNormalization;
import dev.millrace.networks.ParameterLayout.Stage;
import java.util.Arrays;

/**
 * The formula of {@link BatchNormalization}. Sums are in double, from the first row on. In the place of the running statistics
 * the gradient gets their new values.
 */
final class BatchNormalizationLayer extends Layer {

    private final int channels;
    private final int gainOffset;
    private final int shiftOffset;
    private final int meanOffset;
    private final int varianceOffset;
    private final float[] gain;
    private final float[] shift;
    private final float[] runningMeans;
    private final float[] runningVariances;

    private final double[] means;
    private final double[] variances;
    private final double[] scales;
    private final double[] sums;
    private final double[] products;
    private int count;
    private boolean measured;

    /** {@code [rows, steps, channels]}: (x − mean) / deviation. */
    private float[] normalized = new float[0];

    BatchNormalizationLayer(Stage stage) {
        super(stage);
        this.channels = stage.input().channels();
        this.gainOffset = stage.tensors().get(0).offset();
        this.shiftOffset = stage.tensors().get(1).offset();
        this.meanOffset = stage.tensors().get(2).offset();
        this.varianceOffset = stage.tensors().get(3).offset();
        this.gain = new float[channels];
        this.shift = new float[channels];
        this.runningMeans = new float[channels];
        this.runningVariances = new float[channels];
        this.means = new double[channels];
        this.variances = new double[channels];
        this.scales = new double[channels];
        this.sums = new double[channels];
        this.products = new double[channels];
    }

    @Override
    protected void reserve(int rows) {
        normalized = new float[rows * inputShape().size()];
    }

    @Override
    public void load(float[] parameters) {
        System.arraycopy(parameters, gainOffset, gain, 0, channels);
        System.arraycopy(parameters, shiftOffset, shift, 0, channels);
        System.arraycopy(parameters, meanOffset, runningMeans, 0, channels);
        System.arraycopy(parameters, varianceOffset, runningVariances, 0, channels);
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        count = 0;
        for (int row = 0; row < rows; row++) {
            count += inputPresent[row];
        }
        measured = pass.training() && count > 1;
        if (measured) {
            measure(inputs, inputPresent, rows);
        } else {
            for (int i = 0; i < channels; i++) {
                means[i] = runningMeans[i];
                variances[i] = runningVariances[i];
            }
        }
        for (int i = 0; i < channels; i++) {
            scales[i] = 1 / Math.sqrt(variances[i] + BatchNormalization.EPSILON);
        }
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += channels) {
                for (int i = 0; i < channels; i++) {
                    float value = (float) ((inputs[at + i] - means[i]) * scales[i]);
                    normalized[at + i] = value;
                    values()[at + i] = Math.fma(gain[i], value, shift[i]);
                }
            }
        }
    }

    private void measure(float[] inputs, int[] inputPresent, int rows) {
        Arrays.fill(means, 0);
        Arrays.fill(variances, 0);
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += channels) {
                for (int i = 0; i < channels; i++) {
                    means[i] += inputs[at + i];
                }
            }
        }
        for (int i = 0; i < channels; i++) {
            means[i] /= count;
        }
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += channels) {
                for (int i = 0; i < channels; i++) {
                    double deviation = inputs[at + i] - means[i];
                    variances[i] += deviation * deviation;
                }
            }
        }
        for (int i = 0; i < channels; i++) {
            variances[i] /= count;
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += channels) {
                for (int i = 0; i < channels; i++) {
                    sums[i] += deltas[at + i];
                    products[i] += (double) deltas[at + i] * normalized[at + i];
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += channels) {
                for (int i = 0; i < channels; i++) {
                    double delta = deltas[at + i];
                    if (measured) {
                        delta -= (sums[i] + normalized[at + i] * products[i]) / count;
                    }
                    inputDeltas()[at + i] = (float) (gain[i] * scales[i] * delta);
                }
            }
        }
        for (int i = 0; i < channels; i++) {
            gradient[gainOffset + i] = (float) products[i];
            gradient[shiftOffset + i] = (float) sums[i];
            gradient[meanOffset + i] = measured ? running(runningMeans[i], means[i]) : runningMeans[i];
            gradient[varianceOffset + i] = measured ? running(runningVariances[i], variances[i]) : runningVariances[i];
        }
    }

    private static float running(float before, double now) {
        return (float) (BatchNormalization.KEPT * before + (1 - (double) BatchNormalization.KEPT) * now);
    }
}
