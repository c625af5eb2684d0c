package dev.millrace.networks.layers;

import dev.millrace.networks.ParameterLayout.Tensor;
import java.util.Arrays;

/** A tensor with its gradient, as rows of their own: loops over plain indices are what the JIT vectorises. */
final class Matrix {

    private final int offset;
    private final int stride;
    private final float[][] weights;
    private final float[][] transposed;
    private final float[][] gradient;

    Matrix(Tensor tensor) {
        this.offset = tensor.offset();
        this.stride = tensor.columns();
        this.weights = new float[tensor.rows()][stride];
        this.transposed = new float[stride][tensor.rows()];
        this.gradient = new float[tensor.rows()][stride];
    }

    void load(float[] parameters) {
        for (int row = 0; row < weights.length; row++) {
            System.arraycopy(parameters, offset + row * stride, weights[row], 0, weights[row].length);
        }
    }

    /** target += x·W, with x from {@code at} on. */
    void addProduct(float[] x, int at, float[] target) {
        for (int row = 0; row < weights.length; row++) {
            add(x[at + row], weights[row], target, target.length);
        }
    }

    /** Clears the gradient and makes {@link #addBackProduct} ready. */
    void beginBackward() {
        for (int row = 0; row < weights.length; row++) {
            Arrays.fill(gradient[row], 0);
            for (int column = 0; column < transposed.length; column++) {
                transposed[column][row] = weights[row][column];
            }
        }
    }

    /** target += deltas·Wᵀ */
    void addBackProduct(float[] deltas, float[] target) {
        for (int column = 0; column < transposed.length; column++) {
            add(deltas[column], transposed[column], target, target.length);
        }
    }

    /** gradient += xᵀ·deltas, with x from {@code at} on. */
    void addGradient(float[] x, int at, float[] deltas) {
        for (int row = 0; row < gradient.length; row++) {
            add(x[at + row], deltas, gradient[row], deltas.length);
        }
    }

    void writeGradient(float[] target) {
        for (int row = 0; row < gradient.length; row++) {
            System.arraycopy(gradient[row], 0, target, offset + row * stride, gradient[row].length);
        }
    }

    static void add(float factor, float[] source, float[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] = Math.fma(factor, source[i], target[i]);
        }
    }

    static void add(float[] source, int from, float[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            target[to + i] += source[from + i];
        }
    }
}
