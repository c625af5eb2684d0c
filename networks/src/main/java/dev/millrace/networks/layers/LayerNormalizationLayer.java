package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.LayerNormalization;
import dev.millrace.networks.ParameterLayout.Stage;
import java.util.Arrays;

/** The formula of {@link LayerNormalization}, one step after the other. Sums are in double, from the first channel on. */
final class LayerNormalizationLayer extends Layer {

    private final int channels;
    private final int gainOffset;
    private final int shiftOffset;
    private final float[] gain;
    private final float[] shift;
    private final float[] gainGradient;
    private final float[] shiftGradient;

    /** {@code [rows, steps, channels]}: (x − mean) / deviation. */
    private float[] normalized = new float[0];

    /** {@code [rows, steps]}: 1 / deviation. */
    private float[] scales = new float[0];

    LayerNormalizationLayer(Stage stage) {
        super(stage);
        this.channels = stage.input().channels();
        this.gainOffset = stage.tensors().get(0).offset();
        this.shiftOffset = stage.tensors().get(1).offset();
        this.gain = new float[channels];
        this.shift = new float[channels];
        this.gainGradient = new float[channels];
        this.shiftGradient = new float[channels];
    }

    @Override
    protected void reserve(int rows) {
        normalized = new float[rows * inputShape().size()];
        scales = new float[rows * inputShape().steps()];
    }

    @Override
    public void load(float[] parameters) {
        System.arraycopy(parameters, gainOffset, gain, 0, channels);
        System.arraycopy(parameters, shiftOffset, shift, 0, channels);
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += channels) {
                double mean = 0;
                for (int i = 0; i < channels; i++) {
                    mean += inputs[at + i];
                }
                mean /= channels;
                double variance = 0;
                for (int i = 0; i < channels; i++) {
                    double deviation = inputs[at + i] - mean;
                    variance += deviation * deviation;
                }
                double scale = 1 / Math.sqrt(variance / channels + LayerNormalization.EPSILON);
                scales[at / channels] = (float) scale;
                for (int i = 0; i < channels; i++) {
                    float value = (float) ((inputs[at + i] - mean) * scale);
                    normalized[at + i] = value;
                    values()[at + i] = Math.fma(gain[i], value, shift[i]);
                }
            }
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        Arrays.fill(gainGradient, 0);
        Arrays.fill(shiftGradient, 0);
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += channels) {
                double sum = 0;
                double product = 0;
                for (int i = 0; i < channels; i++) {
                    float delta = deltas[at + i];
                    gainGradient[i] = Math.fma(delta, normalized[at + i], gainGradient[i]);
                    shiftGradient[i] += delta;
                    double scaled = (double) delta * gain[i];
                    sum += scaled;
                    product += scaled * normalized[at + i];
                }
                sum /= channels;
                product /= channels;
                for (int i = 0; i < channels; i++) {
                    double scaled = (double) deltas[at + i] * gain[i];
                    inputDeltas()[at + i] =
                            (float) (scales[at / channels] * (scaled - sum - normalized[at + i] * product));
                }
            }
        }
        System.arraycopy(gainGradient, 0, gradient, gainOffset, channels);
        System.arraycopy(shiftGradient, 0, gradient, shiftOffset, channels);
    }
}
