package dev.millrace.networks.layers;

import java.util.Arrays;

/**
 * A mini-batch of sequences step by step. Every row has a place, those with more steps first: the rows that have begun by a step have
 * the first places, and keep them. Steps that are absent have no part in it.
 */
final class StepOrder {

    private final int steps;

    /** {@code [rows]}: which row has a place. */
    private int[] rowAt = new int[0];

    /** {@code [steps + 1]}: how many rows begin at a step or before; the last one is for rows without steps. */
    private final int[] begun;

    private final int[] next;

    StepOrder(int steps) {
        this.steps = steps;
        this.begun = new int[steps + 1];
        this.next = new int[steps + 1];
    }

    void reserve(int rows) {
        rowAt = new int[rows];
    }

    void arrange(int[] present, int rows) {
        Arrays.fill(begun, 0);
        for (int row = 0; row < rows; row++) {
            begun[steps - present[row]]++;
        }
        int sum = 0;
        for (int step = 0; step <= steps; step++) {
            next[step] = sum;
            sum += begun[step];
            begun[step] = sum;
        }
        for (int row = 0; row < rows; row++) {
            rowAt[next[steps - present[row]]++] = row;
        }
    }

    /** How many rows are at work in a step; 0 for −1. */
    int begun(int step) {
        return step < 0 ? 0 : begun[step];
    }

    /** Step {@code step} of the row that has a place, counted over all rows and steps. */
    int positionOf(int place, int step) {
        return rowAt[place] * steps + step;
    }

    /** From {@code [rows, steps, width]} to {@code [places, width]}. */
    void gather(float[] source, int width, int step, float[] target) {
        for (int place = 0; place < begun[step]; place++) {
            System.arraycopy(source, positionOf(place, step) * width, target, place * width, width);
        }
    }

    /** And back. */
    void scatter(float[] source, int width, int step, float[] target) {
        for (int place = 0; place < begun[step]; place++) {
            System.arraycopy(source, place * width, target, positionOf(place, step) * width, width);
        }
    }
}
