package dev.millrace.benchmarks.networks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Mini-batches to learn from, seeded: normal inputs, labels that follow from a few of them.
 *
 * @param inputs by mini-batch {@code [rows, columns]}, row-major
 * @param labels by mini-batch {@code [rows]}, 0 or 1
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Rows(float[][] inputs, float[][] labels, float[] weights) {

    private static final int MINI_BATCHES = 16;

    static Rows of(int columns, int rows) {
        SplittableRandom random = new SplittableRandom(7);
        float[][] inputs = new float[MINI_BATCHES][rows * columns];
        float[][] labels = new float[MINI_BATCHES][rows];
        for (int batch = 0; batch < MINI_BATCHES; batch++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    inputs[batch][row * columns + column] = (float) random.nextGaussian();
                }
                labels[batch][row] = inputs[batch][row * columns] + 0.5f * inputs[batch][row * columns + 1] > 1 ? 1 : 0;
            }
        }
        float[] weights = new float[rows];
        Arrays.fill(weights, 1);
        return new Rows(inputs, labels, weights);
    }

    /** Index of a mini-batch for the n-th call. */
    static int turn(int call) {
        return call & (MINI_BATCHES - 1);
    }
}
