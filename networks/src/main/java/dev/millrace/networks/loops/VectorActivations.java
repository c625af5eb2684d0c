package dev.millrace.networks.loops;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link dev.millrace.networks.learning.FloatMath} on vectors: the same polynomials, operation for operation, so that each lane
 * is the same bits.
 *
 * <p>The reduction of the argument stands in each of them on purpose: where the JIT compiler does not inline a method that hands on vectors,
 * it makes objects of them.
 */
final class VectorActivations {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    private static final float SMALLEST_EXPONENT = -87.3f;
    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6931472f;
    private static final float LN2_LOW = -1.9046542e-9f;

    /** What is added to it is rounded to the nearest integer n, which is then in the low bits: shifted, they make 2^n. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final int EXPONENT_BIAS = 127;
    private static final int EXPONENT_SHIFT = 23;

    private static final float GELU_LINEAR = 1.5957692f;
    private static final float GELU_CUBIC = 0.07135656f;
    private static final float GELU_SLOPE = 0.21406968f;
    private static final float GELU_LIMIT = 10;

    private VectorActivations() {}

    static void rectify(float[] row, int width) {
        for (int j = 0; j < width; j += LANES) {
            FloatVector.fromArray(SPECIES, row, j).max(0).intoArray(row, j);
        }
    }

    static void sigmoid(float[] row, int width) {
        for (int j = 0; j < width; j += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, row, j);
            FloatVector exponent = x.abs().neg();
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
            e = e.blend(0, exponent.compare(VectorOperators.LT, SMALLEST_EXPONENT));
            FloatVector upper = e.blend(1, x.compare(VectorOperators.GE, 0));
            upper.div(e.add(1)).intoArray(row, j);
        }
    }

    static void tanh(float[] row, int width) {
        for (int j = 0; j < width; j += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, row, j);
            FloatVector exponent = x.abs().mul(-2);
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
            FloatVector d = p.fma(scale, scale.sub(1));
            d = d.blend(-1, exponent.compare(VectorOperators.LT, SMALLEST_EXPONENT));
            IntVector magnitude = d.div(d.add(2)).abs().reinterpretAsInts();
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            magnitude.or(sign).reinterpretAsFloats().intoArray(row, j);
        }
    }

    static void elu(float[] row, int width) {
        for (int j = 0; j < width; j += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, row, j);
            FloatVector exponent = x.min(0);
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
            FloatVector d = p.fma(scale, scale.sub(1));
            d = d.blend(-1, exponent.compare(VectorOperators.LT, SMALLEST_EXPONENT));
            d.blend(x, x.compare(VectorOperators.GT, 0)).intoArray(row, j);
        }
    }

    static void gelu(float[] row, int width) {
        for (int j = 0; j < width; j += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, row, j);
            FloatVector square = x.mul(x);
            FloatVector inner = x.mul(square.fma(
                    FloatVector.broadcast(SPECIES, GELU_CUBIC), FloatVector.broadcast(SPECIES, GELU_LINEAR)));
            FloatVector exponent = inner.abs().neg();
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
            e = e.blend(0, exponent.compare(VectorOperators.LT, SMALLEST_EXPONENT));
            FloatVector upper = e.blend(1, inner.compare(VectorOperators.GE, 0));
            FloatVector sigmoid = upper.div(e.add(1));
            FloatVector result = x.mul(sigmoid);
            result.blend(x.max(0), x.abs().compare(VectorOperators.GT, GELU_LIMIT))
                    .intoArray(row, j);
        }
    }

    static void differentiateGelu(float[] row, float[] deltas, int width) {
        for (int j = 0; j < width; j += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, row, j);
            FloatVector square = x.mul(x);
            FloatVector inner = x.mul(square.fma(
                    FloatVector.broadcast(SPECIES, GELU_CUBIC), FloatVector.broadcast(SPECIES, GELU_LINEAR)));
            FloatVector exponent = inner.abs().neg();
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
            e = e.blend(0, exponent.compare(VectorOperators.LT, SMALLEST_EXPONENT));
            FloatVector upper = e.blend(1, inner.compare(VectorOperators.GE, 0));
            FloatVector sigmoid = upper.div(e.add(1));
            FloatVector slope =
                    square.fma(FloatVector.broadcast(SPECIES, GELU_SLOPE), FloatVector.broadcast(SPECIES, GELU_LINEAR));
            FloatVector factor = x.mul(sigmoid)
                    .mul(FloatVector.broadcast(SPECIES, 1).sub(sigmoid))
                    .fma(slope, sigmoid);
            FloatVector beyond = FloatVector.zero(SPECIES).blend(1, x.compare(VectorOperators.GT, 0));
            factor = factor.blend(beyond, x.abs().compare(VectorOperators.GT, GELU_LIMIT));
            FloatVector.fromArray(SPECIES, deltas, j).mul(factor).intoArray(deltas, j);
        }
    }
}
