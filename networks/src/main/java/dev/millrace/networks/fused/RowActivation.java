package dev.millrace.networks.fused;

import dev.millrace.networks.Activation;
import dev.millrace.networks.learning.FloatMath;

/** Activations of hidden layers and their derivatives, one row at a time. */
final class RowActivation {

    private RowActivation() {}

    /** Turns the sums of one row into values, in place. */
    static void apply(Activation activation, float[] row, int units) {
        switch (activation) {
            case RELU -> rectify(row, units);
            case SIGMOID -> {
                for (int i = 0; i < units; i++) {
                    row[i] = FloatMath.sigmoid(row[i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < units; i++) {
                    row[i] = FloatMath.tanh(row[i]);
                }
            }
            case SOFTMAX -> FloatMath.softmax(row, 0, units);
            case IDENTITY -> {}
        }
    }

    /**
     * Turns the derivatives of the loss with respect to the values into those with respect to the sums, in place.
     *
     * @param values what {@link #apply} left
     */
    static void differentiate(Activation activation, float[] values, float[] deltas, int units) {
        switch (activation) {
            case RELU -> differentiateRectified(values, deltas, units);
            case SIGMOID -> {
                for (int i = 0; i < units; i++) {
                    deltas[i] *= values[i] * (1 - values[i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < units; i++) {
                    deltas[i] *= 1 - values[i] * values[i];
                }
            }
            case SOFTMAX -> {
                float mean = 0;
                for (int i = 0; i < units; i++) {
                    mean = Math.fma(values[i], deltas[i], mean);
                }
                for (int i = 0; i < units; i++) {
                    deltas[i] = values[i] * (deltas[i] - mean);
                }
            }
            case IDENTITY -> {}
        }
    }

    private static void rectify(float[] row, int units) {
        for (int i = 0; i < units; i++) {
            row[i] = Math.max(0, row[i]);
        }
    }

    /**
     * A value that was let through is positive: times 2^149 even the smallest is at least 1. This says "1 if positive, else 0"
     * without a branch, which would be mispredicted half the time and not be vectorised.
     */
    private static void differentiateRectified(float[] values, float[] deltas, int units) {
        for (int i = 0; i < units; i++) {
            deltas[i] *= Math.min(1, values[i] * 0x1p100f * 0x1p49f);
        }
    }
}
