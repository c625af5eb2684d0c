package dev.millrace.networks.loops;

import dev.millrace.networks.learning.FlatLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Operation for operation what the plain loops of {@code learning} do, so that each lane is the same bits. */
final class VectorFlatLoops implements FlatLoops {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final VectorSpecies<Integer> INTEGERS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final int LANES = SPECIES.length();

    private static final float SMALLEST_EXPONENT = -87.3f;
    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6931472f;
    private static final float LN2_LOW = -1.9046542e-9f;

    /** As in {@link VectorActivations}. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final int EXPONENT_BIAS = 127;
    private static final int EXPONENT_SHIFT = 23;

    @Override
    public int adam(
            float[] parameters,
            float[] gradient,
            float[] state,
            int count,
            float beta1,
            float beta2,
            float rate,
            float rootScale,
            float epsilon) {
        float fresh1 = 1 - beta1;
        float fresh2 = 1 - beta2;
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, i);
            FloatVector mean =
                    FloatVector.fromArray(SPECIES, state, i).mul(beta1).add(g.mul(fresh1));
            FloatVector square = FloatVector.fromArray(SPECIES, state, count + i)
                    .mul(beta2)
                    .add(g.mul(g).mul(fresh2));
            mean.intoArray(state, i);
            square.intoArray(state, count + i);
            FloatVector step = mean.mul(rate).div(square.sqrt().mul(rootScale).add(epsilon));
            FloatVector.fromArray(SPECIES, parameters, i).sub(step).intoArray(parameters, i);
        }
        return i;
    }

    /** In three passes: the JIT compiler makes objects of vectors where a method has too many. */
    @Override
    public int differentiateCrossEntropy(
            float[] sums,
            float[] labels,
            float[] rowWeights,
            float[] losses,
            float[] scratch,
            int rows,
            float positiveWeight,
            float smoothing) {
        int end = rows - rows % LANES;
        exponentials(sums, scratch, end);
        logarithms(scratch, losses, end);
        differentiate(sums, labels, rowWeights, losses, scratch, end, rows, positiveWeight, smoothing);
        return end;
    }

    /** {@code e^−|z|} */
    private static void exponentials(float[] sums, float[] exponentials, int end) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector exponent = FloatVector.fromArray(SPECIES, sums, i).abs().neg();
            FloatVector rounded =
                    exponent.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUNDER));
            FloatVector minus = rounded.sub(ROUNDER).neg();
            FloatVector r = minus.fma(FloatVector.broadcast(SPECIES, LN2_HIGH), exponent);
            r = minus.fma(FloatVector.broadcast(SPECIES, LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(SPECIES, 0.001392625f);
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.008363233f));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.041666552f));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.16666576f));
            p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
            p = p.mul(r).fma(r, r);
            FloatVector scale = rounded.reinterpretAsInts()
                    .add(EXPONENT_BIAS)
                    .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                    .reinterpretAsFloats();
            FloatVector e = p.fma(scale, scale);
            e.blend(0, exponent.compare(VectorOperators.LT, SMALLEST_EXPONENT)).intoArray(exponentials, i);
        }
    }

    /** {@code ln(1 + e)} */
    private static void logarithms(float[] exponentials, float[] logarithms, int end) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector e = FloatVector.fromArray(SPECIES, exponentials, i);
            FloatVector s = e.div(e.add(2));
            FloatVector t = s.mul(s);
            FloatVector p = FloatVector.broadcast(SPECIES, 0.20787616f);
            p = p.fma(t, FloatVector.broadcast(SPECIES, 0.17464702f));
            p = p.fma(t, FloatVector.broadcast(SPECIES, 0.22264712f));
            p = p.fma(t, FloatVector.broadcast(SPECIES, 0.28570306f));
            p = p.fma(t, FloatVector.broadcast(SPECIES, 0.4000001f));
            p = p.fma(t, FloatVector.broadcast(SPECIES, 0.6666667f));
            p.mul(t).fma(s, s.mul(2)).intoArray(logarithms, i);
        }
    }

    /** @param losses the logarithms at first */
    private static void differentiate(
            float[] sums,
            float[] labels,
            float[] rowWeights,
            float[] losses,
            float[] exponentials,
            int end,
            int rows,
            float positiveWeight,
            float smoothing) {
        for (int i = 0; i < end; i += LANES) {
            FloatVector z = FloatVector.fromArray(SPECIES, sums, i);
            FloatVector e = FloatVector.fromArray(SPECIES, exponentials, i);
            FloatVector tail = FloatVector.fromArray(SPECIES, losses, i);
            FloatVector label =
                    FloatVector.fromArray(SPECIES, labels, i).mul(1 - smoothing).add(smoothing / 2);
            FloatVector weighted = label.mul(positiveWeight);
            FloatVector rest = FloatVector.broadcast(SPECIES, 1).sub(label);
            FloatVector lossOfPositive = z.neg().max(0).add(tail);
            FloatVector lossOfNegative = z.max(0).add(tail);
            weighted.mul(lossOfPositive).add(rest.mul(lossOfNegative)).intoArray(losses, i);
            FloatVector ones = FloatVector.broadcast(SPECIES, 1);
            FloatVector whole = e.add(1);
            VectorMask<Float> up = z.compare(VectorOperators.GE, 0);
            FloatVector positive = e.blend(ones, up).div(whole);
            FloatVector negative = ones.blend(e, up).div(whole);
            FloatVector factor = FloatVector.fromArray(SPECIES, rowWeights, i).div(rows);
            rest.mul(positive).sub(weighted.mul(negative)).mul(factor).intoArray(sums, i);
        }
    }

    @Override
    public int bounded(float[] values, int count, float limit) {
        // As integers magnitudes have the same order, and NaN is the largest.
        IntVector largest = IntVector.zero(INTEGERS);
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            IntVector bits = FloatVector.fromArray(SPECIES, values, i).reinterpretAsInts();
            largest = largest.max(bits.and(Integer.MAX_VALUE));
        }
        return largest.reduceLanes(VectorOperators.MAX) <= Float.floatToRawIntBits(limit) ? i : 0;
    }
}
