package dev.millrace.networks.learning;

import dev.millrace.networks.Activation;

/** Activations of hidden layers and their derivatives, a stretch of units at a time. */
public final class Activations {

    private Activations() {}

    /** Writes what the activation makes of the sums; both may be one array. A stretch is one row's layer for softmax. */
    public static void apply(Activation activation, float[] sums, float[] values, int from, int to) {
        switch (activation) {
            case RELU -> {
                for (int i = from; i < to; i++) {
                    values[i] = Math.max(0, sums[i]);
                }
            }
            case LEAKY_RELU -> {
                for (int i = from; i < to; i++) {
                    values[i] = sums[i] > 0 ? sums[i] : Activation.LEAK * sums[i];
                }
            }
            case ELU -> {
                for (int i = from; i < to; i++) {
                    values[i] = FloatMath.elu(sums[i]);
                }
            }
            case GELU -> {
                for (int i = from; i < to; i++) {
                    values[i] = FloatMath.gelu(sums[i]);
                }
            }
            case SIGMOID -> {
                for (int i = from; i < to; i++) {
                    values[i] = FloatMath.sigmoid(sums[i]);
                }
            }
            case TANH -> {
                for (int i = from; i < to; i++) {
                    values[i] = FloatMath.tanh(sums[i]);
                }
            }
            case SOFTMAX -> {
                System.arraycopy(sums, from, values, from, to - from);
                FloatMath.softmax(values, from, to - from);
            }
            case IDENTITY -> System.arraycopy(sums, from, values, from, to - from);
        }
    }

    /**
     * Turns the derivatives of the loss with respect to the values into those with respect to the sums, in place.
     *
     * @param sums read by GELU alone, whose values do not tell them
     * @param values what {@link #apply} left
     */
    public static void differentiate(
            Activation activation, float[] sums, float[] values, float[] deltas, int from, int to) {
        switch (activation) {
            case RELU -> {
                for (int i = from; i < to; i++) {
                    deltas[i] = values[i] > 0 ? deltas[i] : 0;
                }
            }
            case LEAKY_RELU -> {
                for (int i = from; i < to; i++) {
                    deltas[i] *= values[i] > 0 ? 1 : Activation.LEAK;
                }
            }
            case ELU -> {
                for (int i = from; i < to; i++) {
                    deltas[i] *= values[i] > 0 ? 1 : values[i] + 1;
                }
            }
            case GELU -> {
                for (int i = from; i < to; i++) {
                    deltas[i] *= FloatMath.geluDerivative(sums[i]);
                }
            }
            case SIGMOID -> {
                for (int i = from; i < to; i++) {
                    deltas[i] *= values[i] * (1 - values[i]);
                }
            }
            case TANH -> {
                for (int i = from; i < to; i++) {
                    deltas[i] *= 1 - values[i] * values[i];
                }
            }
            case SOFTMAX -> {
                float mean = 0;
                for (int i = from; i < to; i++) {
                    mean = Math.fma(values[i], deltas[i], mean);
                }
                for (int i = from; i < to; i++) {
                    deltas[i] = values[i] * (deltas[i] - mean);
                }
            }
            case IDENTITY -> {}
        }
    }
}
