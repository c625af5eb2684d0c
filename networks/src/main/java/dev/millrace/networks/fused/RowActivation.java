package dev.millrace.networks.fused;

import dev.millrace.networks.Activation;
import dev.millrace.networks.learning.FloatMath;
import dev.millrace.networks.loops.Loops;

/** Activations of hidden layers and their derivatives. */
final class RowActivation {

    private RowActivation() {}

    /** Turns the sums of rows into values, in place. */
    static void apply(Loops loops, Activation activation, float[][] sums, int rows, int units) {
        switch (activation) {
            case RELU -> loops.rectify(sums, rows, units);
            case LEAKY_RELU -> {
                for (int row = 0; row < rows; row++) {
                    leak(sums[row], units);
                }
            }
            case ELU -> loops.elu(sums, rows, units);
            case GELU -> loops.gelu(sums, rows, units);
            case SIGMOID -> loops.sigmoid(sums, rows, units);
            case TANH -> loops.tanh(sums, rows, units);
            case SOFTMAX -> {
                for (int row = 0; row < rows; row++) {
                    FloatMath.softmax(sums[row], 0, units);
                }
            }
            case IDENTITY -> {}
        }
    }

    /**
     * Turns the derivatives of the loss with respect to the values into those with respect to the sums, in place.
     *
     * @param sums what {@link #apply} was given; for GELU alone
     * @param values what {@link #apply} left
     * @param totals {@code [units]}, written: for each unit the sum over the rows
     */
    static void differentiate(
            Loops loops,
            Activation activation,
            float[][] sums,
            float[][] values,
            float[][] deltas,
            float[] totals,
            int rows,
            int units) {
        if (activation == Activation.RELU) {
            loops.differentiateRectified(values, deltas, totals, rows, units);
            return;
        }
        if (activation == Activation.GELU) {
            loops.differentiateGelu(sums, deltas, rows, units);
        } else {
            for (int row = 0; row < rows; row++) {
                differentiate(activation, values[row], deltas[row], units);
            }
        }
        loops.sumRows(deltas, totals, rows, units);
    }

    /** Factors without a branch, as in {@link Loops#differentiateRectified}. */
    private static void differentiate(Activation activation, float[] values, float[] deltas, int units) {
        switch (activation) {
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
            case LEAKY_RELU -> {
                for (int i = 0; i < units; i++) {
                    deltas[i] *= Math.max(Activation.LEAK, Math.min(1, values[i] * 0x1p100f * 0x1p49f));
                }
            }
            case ELU -> {
                for (int i = 0; i < units; i++) {
                    deltas[i] *= Math.min(1, values[i] + 1);
                }
            }
            case RELU, GELU, IDENTITY -> {}
        }
    }

    private static void leak(float[] row, int units) {
        for (int i = 0; i < units; i++) {
            row[i] = Math.max(row[i], Activation.LEAK * row[i]);
        }
    }
}
