package dev.millrace.networks.loops;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of {@link Loops#multiplyTransposed} in tiles that stay in registers, as {@link VectorTiles}.
 */
final class TransposedVectorTiles {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    /** Rows of the factors that pass before the next tile begins, so that they stay in the first-level cache, or nearly. */
    private static final int DEPTH_BLOCK = 64;

    private TransposedVectorTiles() {}

    /** @param start rows that the sums start from */
    static void multiply(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int depth, int width) {
        for (int from = 0; from < depth; from += DEPTH_BLOCK) {
            int to = Math.min(depth, from + DEPTH_BLOCK);
            multiplyBlock(left, right, from == 0 ? start : out, out, rows, from, to, width);
        }
    }

    private static void multiplyBlock(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int from, int to, int width) {
        int at = 0;
        if (VectorWidth.MANY_REGISTERS) {
            for (; at + 3 * LANES < width; at += 4 * LANES) {
                fourVectors(left, right, start, out, rows, at, from, to);
            }
        }
        for (; at + LANES < width; at += 2 * LANES) {
            twoVectors(left, right, start, out, rows, at, from, to);
        }
        if (at < width) {
            oneVector(left, right, start, out, rows, at, from, to);
        }
    }

    private static void fourVectors(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int at, int from, int to) {
        int i = 0;
        // As many sixes as leave only fours, and a rest that fours would leave too.
        int sixes = rows / 6 - ((rows / 6 ^ rows / 2) & 1);
        for (; i < 6 * sixes; i += 6) {
            sixByFour(left, right, start, out, i, at, from, to);
        }
        for (; i + 4 <= rows; i += 4) {
            fourByFour(left, right, start, out, i, at, from, to);
        }
        for (; i < rows; i++) {
            oneByFour(left, right, start, out, i, at, from, to);
        }
    }

    private static void twoVectors(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int at, int from, int to) {
        int i = 0;
        if (VectorWidth.MANY_REGISTERS) {
            for (; i + 8 <= rows; i += 8) {
                eightByTwo(left, right, start, out, i, at, from, to);
            }
        } else {
            for (; i + 6 <= rows; i += 6) {
                sixByTwo(left, right, start, out, i, at, from, to);
            }
        }
        for (; i < rows; i++) {
            oneByTwo(left, right, start, out, i, at, from, to);
        }
    }

    private static void oneVector(
            float[][] left, float[][] right, float[][] start, float[][] out, int rows, int at, int from, int to) {
        int i = 0;
        for (; i + 8 <= rows; i += 8) {
            eightByOne(left, right, start, out, i, at, from, to);
        }
        for (; i < rows; i++) {
            oneByOne(left, right, start, out, i, at, from, to);
        }
    }

    private static void sixByFour(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, start[i], at);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, start[i], at + LANES);
        FloatVector sum02 = FloatVector.fromArray(SPECIES, start[i], at + 2 * LANES);
        FloatVector sum03 = FloatVector.fromArray(SPECIES, start[i], at + 3 * LANES);
        FloatVector sum10 = FloatVector.fromArray(SPECIES, start[i + 1], at);
        FloatVector sum11 = FloatVector.fromArray(SPECIES, start[i + 1], at + LANES);
        FloatVector sum12 = FloatVector.fromArray(SPECIES, start[i + 1], at + 2 * LANES);
        FloatVector sum13 = FloatVector.fromArray(SPECIES, start[i + 1], at + 3 * LANES);
        FloatVector sum20 = FloatVector.fromArray(SPECIES, start[i + 2], at);
        FloatVector sum21 = FloatVector.fromArray(SPECIES, start[i + 2], at + LANES);
        FloatVector sum22 = FloatVector.fromArray(SPECIES, start[i + 2], at + 2 * LANES);
        FloatVector sum23 = FloatVector.fromArray(SPECIES, start[i + 2], at + 3 * LANES);
        FloatVector sum30 = FloatVector.fromArray(SPECIES, start[i + 3], at);
        FloatVector sum31 = FloatVector.fromArray(SPECIES, start[i + 3], at + LANES);
        FloatVector sum32 = FloatVector.fromArray(SPECIES, start[i + 3], at + 2 * LANES);
        FloatVector sum33 = FloatVector.fromArray(SPECIES, start[i + 3], at + 3 * LANES);
        FloatVector sum40 = FloatVector.fromArray(SPECIES, start[i + 4], at);
        FloatVector sum41 = FloatVector.fromArray(SPECIES, start[i + 4], at + LANES);
        FloatVector sum42 = FloatVector.fromArray(SPECIES, start[i + 4], at + 2 * LANES);
        FloatVector sum43 = FloatVector.fromArray(SPECIES, start[i + 4], at + 3 * LANES);
        FloatVector sum50 = FloatVector.fromArray(SPECIES, start[i + 5], at);
        FloatVector sum51 = FloatVector.fromArray(SPECIES, start[i + 5], at + LANES);
        FloatVector sum52 = FloatVector.fromArray(SPECIES, start[i + 5], at + 2 * LANES);
        FloatVector sum53 = FloatVector.fromArray(SPECIES, start[i + 5], at + 3 * LANES);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector right0 = FloatVector.fromArray(SPECIES, row, at);
            FloatVector right1 = FloatVector.fromArray(SPECIES, row, at + LANES);
            FloatVector right2 = FloatVector.fromArray(SPECIES, row, at + 2 * LANES);
            FloatVector right3 = FloatVector.fromArray(SPECIES, row, at + 3 * LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum00 = factor.fma(right0, sum00);
            sum01 = factor.fma(right1, sum01);
            sum02 = factor.fma(right2, sum02);
            sum03 = factor.fma(right3, sum03);
            factor = FloatVector.broadcast(SPECIES, column[i + 1]);
            sum10 = factor.fma(right0, sum10);
            sum11 = factor.fma(right1, sum11);
            sum12 = factor.fma(right2, sum12);
            sum13 = factor.fma(right3, sum13);
            factor = FloatVector.broadcast(SPECIES, column[i + 2]);
            sum20 = factor.fma(right0, sum20);
            sum21 = factor.fma(right1, sum21);
            sum22 = factor.fma(right2, sum22);
            sum23 = factor.fma(right3, sum23);
            factor = FloatVector.broadcast(SPECIES, column[i + 3]);
            sum30 = factor.fma(right0, sum30);
            sum31 = factor.fma(right1, sum31);
            sum32 = factor.fma(right2, sum32);
            sum33 = factor.fma(right3, sum33);
            factor = FloatVector.broadcast(SPECIES, column[i + 4]);
            sum40 = factor.fma(right0, sum40);
            sum41 = factor.fma(right1, sum41);
            sum42 = factor.fma(right2, sum42);
            sum43 = factor.fma(right3, sum43);
            factor = FloatVector.broadcast(SPECIES, column[i + 5]);
            sum50 = factor.fma(right0, sum50);
            sum51 = factor.fma(right1, sum51);
            sum52 = factor.fma(right2, sum52);
            sum53 = factor.fma(right3, sum53);
        }
        sum00.intoArray(out[i], at);
        sum01.intoArray(out[i], at + LANES);
        sum02.intoArray(out[i], at + 2 * LANES);
        sum03.intoArray(out[i], at + 3 * LANES);
        sum10.intoArray(out[i + 1], at);
        sum11.intoArray(out[i + 1], at + LANES);
        sum12.intoArray(out[i + 1], at + 2 * LANES);
        sum13.intoArray(out[i + 1], at + 3 * LANES);
        sum20.intoArray(out[i + 2], at);
        sum21.intoArray(out[i + 2], at + LANES);
        sum22.intoArray(out[i + 2], at + 2 * LANES);
        sum23.intoArray(out[i + 2], at + 3 * LANES);
        sum30.intoArray(out[i + 3], at);
        sum31.intoArray(out[i + 3], at + LANES);
        sum32.intoArray(out[i + 3], at + 2 * LANES);
        sum33.intoArray(out[i + 3], at + 3 * LANES);
        sum40.intoArray(out[i + 4], at);
        sum41.intoArray(out[i + 4], at + LANES);
        sum42.intoArray(out[i + 4], at + 2 * LANES);
        sum43.intoArray(out[i + 4], at + 3 * LANES);
        sum50.intoArray(out[i + 5], at);
        sum51.intoArray(out[i + 5], at + LANES);
        sum52.intoArray(out[i + 5], at + 2 * LANES);
        sum53.intoArray(out[i + 5], at + 3 * LANES);
    }

    private static void fourByFour(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, start[i], at);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, start[i], at + LANES);
        FloatVector sum02 = FloatVector.fromArray(SPECIES, start[i], at + 2 * LANES);
        FloatVector sum03 = FloatVector.fromArray(SPECIES, start[i], at + 3 * LANES);
        FloatVector sum10 = FloatVector.fromArray(SPECIES, start[i + 1], at);
        FloatVector sum11 = FloatVector.fromArray(SPECIES, start[i + 1], at + LANES);
        FloatVector sum12 = FloatVector.fromArray(SPECIES, start[i + 1], at + 2 * LANES);
        FloatVector sum13 = FloatVector.fromArray(SPECIES, start[i + 1], at + 3 * LANES);
        FloatVector sum20 = FloatVector.fromArray(SPECIES, start[i + 2], at);
        FloatVector sum21 = FloatVector.fromArray(SPECIES, start[i + 2], at + LANES);
        FloatVector sum22 = FloatVector.fromArray(SPECIES, start[i + 2], at + 2 * LANES);
        FloatVector sum23 = FloatVector.fromArray(SPECIES, start[i + 2], at + 3 * LANES);
        FloatVector sum30 = FloatVector.fromArray(SPECIES, start[i + 3], at);
        FloatVector sum31 = FloatVector.fromArray(SPECIES, start[i + 3], at + LANES);
        FloatVector sum32 = FloatVector.fromArray(SPECIES, start[i + 3], at + 2 * LANES);
        FloatVector sum33 = FloatVector.fromArray(SPECIES, start[i + 3], at + 3 * LANES);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector right0 = FloatVector.fromArray(SPECIES, row, at);
            FloatVector right1 = FloatVector.fromArray(SPECIES, row, at + LANES);
            FloatVector right2 = FloatVector.fromArray(SPECIES, row, at + 2 * LANES);
            FloatVector right3 = FloatVector.fromArray(SPECIES, row, at + 3 * LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum00 = factor.fma(right0, sum00);
            sum01 = factor.fma(right1, sum01);
            sum02 = factor.fma(right2, sum02);
            sum03 = factor.fma(right3, sum03);
            factor = FloatVector.broadcast(SPECIES, column[i + 1]);
            sum10 = factor.fma(right0, sum10);
            sum11 = factor.fma(right1, sum11);
            sum12 = factor.fma(right2, sum12);
            sum13 = factor.fma(right3, sum13);
            factor = FloatVector.broadcast(SPECIES, column[i + 2]);
            sum20 = factor.fma(right0, sum20);
            sum21 = factor.fma(right1, sum21);
            sum22 = factor.fma(right2, sum22);
            sum23 = factor.fma(right3, sum23);
            factor = FloatVector.broadcast(SPECIES, column[i + 3]);
            sum30 = factor.fma(right0, sum30);
            sum31 = factor.fma(right1, sum31);
            sum32 = factor.fma(right2, sum32);
            sum33 = factor.fma(right3, sum33);
        }
        sum00.intoArray(out[i], at);
        sum01.intoArray(out[i], at + LANES);
        sum02.intoArray(out[i], at + 2 * LANES);
        sum03.intoArray(out[i], at + 3 * LANES);
        sum10.intoArray(out[i + 1], at);
        sum11.intoArray(out[i + 1], at + LANES);
        sum12.intoArray(out[i + 1], at + 2 * LANES);
        sum13.intoArray(out[i + 1], at + 3 * LANES);
        sum20.intoArray(out[i + 2], at);
        sum21.intoArray(out[i + 2], at + LANES);
        sum22.intoArray(out[i + 2], at + 2 * LANES);
        sum23.intoArray(out[i + 2], at + 3 * LANES);
        sum30.intoArray(out[i + 3], at);
        sum31.intoArray(out[i + 3], at + LANES);
        sum32.intoArray(out[i + 3], at + 2 * LANES);
        sum33.intoArray(out[i + 3], at + 3 * LANES);
    }

    private static void oneByFour(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum0 = FloatVector.fromArray(SPECIES, start[i], at);
        FloatVector sum1 = FloatVector.fromArray(SPECIES, start[i], at + LANES);
        FloatVector sum2 = FloatVector.fromArray(SPECIES, start[i], at + 2 * LANES);
        FloatVector sum3 = FloatVector.fromArray(SPECIES, start[i], at + 3 * LANES);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector right0 = FloatVector.fromArray(SPECIES, row, at);
            FloatVector right1 = FloatVector.fromArray(SPECIES, row, at + LANES);
            FloatVector right2 = FloatVector.fromArray(SPECIES, row, at + 2 * LANES);
            FloatVector right3 = FloatVector.fromArray(SPECIES, row, at + 3 * LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum0 = factor.fma(right0, sum0);
            sum1 = factor.fma(right1, sum1);
            sum2 = factor.fma(right2, sum2);
            sum3 = factor.fma(right3, sum3);
        }
        sum0.intoArray(out[i], at);
        sum1.intoArray(out[i], at + LANES);
        sum2.intoArray(out[i], at + 2 * LANES);
        sum3.intoArray(out[i], at + 3 * LANES);
    }

    private static void eightByTwo(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, start[i], at);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, start[i], at + LANES);
        FloatVector sum10 = FloatVector.fromArray(SPECIES, start[i + 1], at);
        FloatVector sum11 = FloatVector.fromArray(SPECIES, start[i + 1], at + LANES);
        FloatVector sum20 = FloatVector.fromArray(SPECIES, start[i + 2], at);
        FloatVector sum21 = FloatVector.fromArray(SPECIES, start[i + 2], at + LANES);
        FloatVector sum30 = FloatVector.fromArray(SPECIES, start[i + 3], at);
        FloatVector sum31 = FloatVector.fromArray(SPECIES, start[i + 3], at + LANES);
        FloatVector sum40 = FloatVector.fromArray(SPECIES, start[i + 4], at);
        FloatVector sum41 = FloatVector.fromArray(SPECIES, start[i + 4], at + LANES);
        FloatVector sum50 = FloatVector.fromArray(SPECIES, start[i + 5], at);
        FloatVector sum51 = FloatVector.fromArray(SPECIES, start[i + 5], at + LANES);
        FloatVector sum60 = FloatVector.fromArray(SPECIES, start[i + 6], at);
        FloatVector sum61 = FloatVector.fromArray(SPECIES, start[i + 6], at + LANES);
        FloatVector sum70 = FloatVector.fromArray(SPECIES, start[i + 7], at);
        FloatVector sum71 = FloatVector.fromArray(SPECIES, start[i + 7], at + LANES);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector right0 = FloatVector.fromArray(SPECIES, row, at);
            FloatVector right1 = FloatVector.fromArray(SPECIES, row, at + LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum00 = factor.fma(right0, sum00);
            sum01 = factor.fma(right1, sum01);
            factor = FloatVector.broadcast(SPECIES, column[i + 1]);
            sum10 = factor.fma(right0, sum10);
            sum11 = factor.fma(right1, sum11);
            factor = FloatVector.broadcast(SPECIES, column[i + 2]);
            sum20 = factor.fma(right0, sum20);
            sum21 = factor.fma(right1, sum21);
            factor = FloatVector.broadcast(SPECIES, column[i + 3]);
            sum30 = factor.fma(right0, sum30);
            sum31 = factor.fma(right1, sum31);
            factor = FloatVector.broadcast(SPECIES, column[i + 4]);
            sum40 = factor.fma(right0, sum40);
            sum41 = factor.fma(right1, sum41);
            factor = FloatVector.broadcast(SPECIES, column[i + 5]);
            sum50 = factor.fma(right0, sum50);
            sum51 = factor.fma(right1, sum51);
            factor = FloatVector.broadcast(SPECIES, column[i + 6]);
            sum60 = factor.fma(right0, sum60);
            sum61 = factor.fma(right1, sum61);
            factor = FloatVector.broadcast(SPECIES, column[i + 7]);
            sum70 = factor.fma(right0, sum70);
            sum71 = factor.fma(right1, sum71);
        }
        sum00.intoArray(out[i], at);
        sum01.intoArray(out[i], at + LANES);
        sum10.intoArray(out[i + 1], at);
        sum11.intoArray(out[i + 1], at + LANES);
        sum20.intoArray(out[i + 2], at);
        sum21.intoArray(out[i + 2], at + LANES);
        sum30.intoArray(out[i + 3], at);
        sum31.intoArray(out[i + 3], at + LANES);
        sum40.intoArray(out[i + 4], at);
        sum41.intoArray(out[i + 4], at + LANES);
        sum50.intoArray(out[i + 5], at);
        sum51.intoArray(out[i + 5], at + LANES);
        sum60.intoArray(out[i + 6], at);
        sum61.intoArray(out[i + 6], at + LANES);
        sum70.intoArray(out[i + 7], at);
        sum71.intoArray(out[i + 7], at + LANES);
    }

    private static void sixByTwo(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum00 = FloatVector.fromArray(SPECIES, start[i], at);
        FloatVector sum01 = FloatVector.fromArray(SPECIES, start[i], at + LANES);
        FloatVector sum10 = FloatVector.fromArray(SPECIES, start[i + 1], at);
        FloatVector sum11 = FloatVector.fromArray(SPECIES, start[i + 1], at + LANES);
        FloatVector sum20 = FloatVector.fromArray(SPECIES, start[i + 2], at);
        FloatVector sum21 = FloatVector.fromArray(SPECIES, start[i + 2], at + LANES);
        FloatVector sum30 = FloatVector.fromArray(SPECIES, start[i + 3], at);
        FloatVector sum31 = FloatVector.fromArray(SPECIES, start[i + 3], at + LANES);
        FloatVector sum40 = FloatVector.fromArray(SPECIES, start[i + 4], at);
        FloatVector sum41 = FloatVector.fromArray(SPECIES, start[i + 4], at + LANES);
        FloatVector sum50 = FloatVector.fromArray(SPECIES, start[i + 5], at);
        FloatVector sum51 = FloatVector.fromArray(SPECIES, start[i + 5], at + LANES);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector right0 = FloatVector.fromArray(SPECIES, row, at);
            FloatVector right1 = FloatVector.fromArray(SPECIES, row, at + LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum00 = factor.fma(right0, sum00);
            sum01 = factor.fma(right1, sum01);
            factor = FloatVector.broadcast(SPECIES, column[i + 1]);
            sum10 = factor.fma(right0, sum10);
            sum11 = factor.fma(right1, sum11);
            factor = FloatVector.broadcast(SPECIES, column[i + 2]);
            sum20 = factor.fma(right0, sum20);
            sum21 = factor.fma(right1, sum21);
            factor = FloatVector.broadcast(SPECIES, column[i + 3]);
            sum30 = factor.fma(right0, sum30);
            sum31 = factor.fma(right1, sum31);
            factor = FloatVector.broadcast(SPECIES, column[i + 4]);
            sum40 = factor.fma(right0, sum40);
            sum41 = factor.fma(right1, sum41);
            factor = FloatVector.broadcast(SPECIES, column[i + 5]);
            sum50 = factor.fma(right0, sum50);
            sum51 = factor.fma(right1, sum51);
        }
        sum00.intoArray(out[i], at);
        sum01.intoArray(out[i], at + LANES);
        sum10.intoArray(out[i + 1], at);
        sum11.intoArray(out[i + 1], at + LANES);
        sum20.intoArray(out[i + 2], at);
        sum21.intoArray(out[i + 2], at + LANES);
        sum30.intoArray(out[i + 3], at);
        sum31.intoArray(out[i + 3], at + LANES);
        sum40.intoArray(out[i + 4], at);
        sum41.intoArray(out[i + 4], at + LANES);
        sum50.intoArray(out[i + 5], at);
        sum51.intoArray(out[i + 5], at + LANES);
    }

    private static void oneByTwo(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum0 = FloatVector.fromArray(SPECIES, start[i], at);
        FloatVector sum1 = FloatVector.fromArray(SPECIES, start[i], at + LANES);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector right0 = FloatVector.fromArray(SPECIES, row, at);
            FloatVector right1 = FloatVector.fromArray(SPECIES, row, at + LANES);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum0 = factor.fma(right0, sum0);
            sum1 = factor.fma(right1, sum1);
        }
        sum0.intoArray(out[i], at);
        sum1.intoArray(out[i], at + LANES);
    }

    private static void eightByOne(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum0 = FloatVector.fromArray(SPECIES, start[i], at);
        FloatVector sum1 = FloatVector.fromArray(SPECIES, start[i + 1], at);
        FloatVector sum2 = FloatVector.fromArray(SPECIES, start[i + 2], at);
        FloatVector sum3 = FloatVector.fromArray(SPECIES, start[i + 3], at);
        FloatVector sum4 = FloatVector.fromArray(SPECIES, start[i + 4], at);
        FloatVector sum5 = FloatVector.fromArray(SPECIES, start[i + 5], at);
        FloatVector sum6 = FloatVector.fromArray(SPECIES, start[i + 6], at);
        FloatVector sum7 = FloatVector.fromArray(SPECIES, start[i + 7], at);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector factors = FloatVector.fromArray(SPECIES, row, at);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum0 = factor.fma(factors, sum0);
            factor = FloatVector.broadcast(SPECIES, column[i + 1]);
            sum1 = factor.fma(factors, sum1);
            factor = FloatVector.broadcast(SPECIES, column[i + 2]);
            sum2 = factor.fma(factors, sum2);
            factor = FloatVector.broadcast(SPECIES, column[i + 3]);
            sum3 = factor.fma(factors, sum3);
            factor = FloatVector.broadcast(SPECIES, column[i + 4]);
            sum4 = factor.fma(factors, sum4);
            factor = FloatVector.broadcast(SPECIES, column[i + 5]);
            sum5 = factor.fma(factors, sum5);
            factor = FloatVector.broadcast(SPECIES, column[i + 6]);
            sum6 = factor.fma(factors, sum6);
            factor = FloatVector.broadcast(SPECIES, column[i + 7]);
            sum7 = factor.fma(factors, sum7);
        }
        sum0.intoArray(out[i], at);
        sum1.intoArray(out[i + 1], at);
        sum2.intoArray(out[i + 2], at);
        sum3.intoArray(out[i + 3], at);
        sum4.intoArray(out[i + 4], at);
        sum5.intoArray(out[i + 5], at);
        sum6.intoArray(out[i + 6], at);
        sum7.intoArray(out[i + 7], at);
    }

    private static void oneByOne(
            float[][] left, float[][] right, float[][] start, float[][] out, int i, int at, int from, int to) {
        FloatVector sum = FloatVector.fromArray(SPECIES, start[i], at);
        for (int k = from; k < to; k++) {
            float[] row = right[k];
            float[] column = left[k];
            FloatVector factors = FloatVector.fromArray(SPECIES, row, at);
            FloatVector factor = FloatVector.broadcast(SPECIES, column[i]);
            sum = factor.fma(factors, sum);
        }
        sum.intoArray(out[i], at);
    }
}
