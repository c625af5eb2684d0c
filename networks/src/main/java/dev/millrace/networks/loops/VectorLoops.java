package dev.millrace.networks.loops;

import dev.millrace.networks.learning.FlatLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops on {@code jdk.incubator.vector}. Loaded by name, and only where that module is present. */
final class VectorLoops implements Loops {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    /** Enough for the compiler to begin to watch, which it does after some 200 calls of a method. */
    private static final int FIRST_USES = 40;

    private final FlatLoops flat = new VectorFlatLoops();

    VectorLoops() {
        for (int i = 0; i < FIRST_USES; i++) {
            useEveryOperator();
        }
    }

    /**
     * So that the JIT compiler has seen every operator by the time it compiles a method of the Vector API. There it assumes what it
     * has seen, and a long product shows it nothing but one operator. Each assumption that fails later counts, once for every
     * operation of a method that it compiles from then on; at 100 it ceases to assume, cannot tell what class a vector is of, and
     * makes objects of vectors, which takes ten times as long.
     */
    private void useEveryOperator() {
        float[][] one = Loops.matrix(1, LANES);
        float[] row = one[0];
        multiply(one, one, row, one, 1, 1, LANES);
        rectify(one, 1, LANES);
        sigmoid(one, 1, LANES);
        tanh(one, 1, LANES);
        elu(one, 1, LANES);
        gelu(one, 1, LANES);
        differentiateGelu(one, one, 1, LANES);
        differentiateRectified(one, one, row, 1, LANES);
        fillMask(0, 0, 1, row, LANES);
        float[] state = new float[2 * LANES];
        flat.adam(row, row, state, LANES, 0, 0, 0, 1, 1);
        flat.differentiateCrossEntropy(row, row, row, row, row, LANES, 1, 0);
        flat.bounded(row, LANES, 1);
    }

    @Override
    public FlatLoops flat() {
        return flat;
    }

    /** Up to two units, eight scalar chains are faster than vectors of mostly padding. */
    @Override
    public int narrowBelow() {
        return 3;
    }

    @Override
    public void multiply(
            float[][] left, float[][] right, float[] start, float[][] out, int rows, int depth, int width) {
        VectorTiles.multiply(left, right, start, out, rows, depth, width);
    }

    @Override
    public void multiplyTransposed(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int depth, int width) {
        if (depth == 0) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(start[i], 0, out[i], 0, width);
            }
            return;
        }
        TransposedVectorTiles.multiply(left, right, start, out, rows, depth, width);
    }

    @Override
    public void rectify(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            VectorActivations.rectify(values[i], width);
        }
    }

    @Override
    public void sigmoid(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            VectorActivations.sigmoid(values[i], width);
        }
    }

    @Override
    public void tanh(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            VectorActivations.tanh(values[i], width);
        }
    }

    @Override
    public void elu(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            VectorActivations.elu(values[i], width);
        }
    }

    @Override
    public void gelu(float[][] values, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            VectorActivations.gelu(values[i], width);
        }
    }

    @Override
    public void differentiateGelu(float[][] sums, float[][] deltas, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            VectorActivations.differentiateGelu(sums[i], deltas[i], width);
        }
    }

    @Override
    public void differentiateRectified(float[][] values, float[][] deltas, float[] sums, int rows, int width) {
        int at = 0;
        for (; at + LANES < width; at += 2 * LANES) {
            differentiateTwo(values, deltas, sums, rows, at);
        }
        if (at < width) {
            differentiateOne(values, deltas, sums, rows, at);
        }
    }

    /** The factor is as in {@link PlainLoops}. */
    private static void differentiateTwo(float[][] values, float[][] deltas, float[] sums, int rows, int at) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        for (int i = 0; i < rows; i++) {
            float[] value = values[i];
            float[] delta = deltas[i];
            FloatVector value0 = FloatVector.fromArray(SPECIES, value, at);
            FloatVector value1 = FloatVector.fromArray(SPECIES, value, at + LANES);
            FloatVector factor0 = value0.mul(0x1p100f).mul(0x1p49f).min(1);
            FloatVector factor1 = value1.mul(0x1p100f).mul(0x1p49f).min(1);
            FloatVector delta0 = FloatVector.fromArray(SPECIES, delta, at).mul(factor0);
            FloatVector delta1 =
                    FloatVector.fromArray(SPECIES, delta, at + LANES).mul(factor1);
            delta0.intoArray(delta, at);
            delta1.intoArray(delta, at + LANES);
            sum0 = sum0.add(delta0);
            sum1 = sum1.add(delta1);
        }
        sum0.intoArray(sums, at);
        sum1.intoArray(sums, at + LANES);
    }

    private static void differentiateOne(float[][] values, float[][] deltas, float[] sums, int rows, int at) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < rows; i++) {
            FloatVector value = FloatVector.fromArray(SPECIES, values[i], at);
            FloatVector factor = value.mul(0x1p100f).mul(0x1p49f).min(1);
            FloatVector delta = FloatVector.fromArray(SPECIES, deltas[i], at).mul(factor);
            delta.intoArray(deltas[i], at);
            sum = sum.add(delta);
        }
        sum.intoArray(sums, at);
    }

    @Override
    public void sumRows(float[][] values, float[] sums, int rows, int width) {
        for (int at = 0; at < width; at += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = 0; i < rows; i++) {
                sum = sum.add(FloatVector.fromArray(SPECIES, values[i], at));
            }
            sum.intoArray(sums, at);
        }
    }

    @Override
    public void fillMask(int rowKey, int threshold, float kept, float[] mask, int width) {
        VectorDropout.fill(rowKey, threshold, kept, mask, width);
    }

    @Override
    public String toString() {
        return "vectors of " + SPECIES.vectorBitSize() + " bits";
    }
}
