package dev.millrace.networks.learning;

/**
 * Exponentials and logarithms in float as fixed polynomials: the same bits on every machine, which {@code java.lang.Math} does
 * not promise.
 *
 * <p>Coefficients are Chebyshev interpolants of the functions named beside them. Relative errors are below 2e-7.
 */
public final class FloatMath {

    /** Below it e^x is taken as 0: it would not be a normal number. */
    private static final float SMALLEST_EXPONENT = -87.3f;

    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6931472f;
    private static final float LN2_LOW = -1.9046542e-9f;

    /** Adding and subtracting it rounds to the nearest integer, for magnitudes below 2^22. */
    private static final float ROUNDER = 0x1.8p23f;

    private FloatMath() {}

    /** e^x for x at most 0; NaN for NaN. */
    public static float expOfNonPositive(float x) {
        if (x < SMALLEST_EXPONENT) {
            return 0;
        }
        float n = Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
        float scale = powerOfTwo(n);
        return Math.fma(reducedExpm1(x, n), scale, scale);
    }

    /** e^x − 1 for x at most 0, accurate near 0 as well; NaN for NaN. */
    public static float expm1OfNonPositive(float x) {
        if (x < SMALLEST_EXPONENT) {
            return -1;
        }
        float n = Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
        float scale = powerOfTwo(n);
        return Math.fma(reducedExpm1(x, n), scale, scale - 1);
    }

    /** e^r − 1 for r = x − n·ln 2, magnitude at most ln 2 / 2. */
    private static float reducedExpm1(float x, float n) {
        float r = Math.fma(-n, LN2_HIGH, x);
        r = Math.fma(-n, LN2_LOW, r);
        // (e^r − 1 − r) / r²
        float p = 0.001392625f;
        p = Math.fma(p, r, 0.008363233f);
        p = Math.fma(p, r, 0.041666552f);
        p = Math.fma(p, r, 0.16666576f);
        p = Math.fma(p, r, 0.5f);
        return Math.fma(p * r, r, r);
    }

    /** 2^n for an integer n of −126 to 127. */
    private static float powerOfTwo(float n) {
        return Float.intBitsToFloat(((int) n + 127) << 23);
    }

    /** ln(1 + x) for x of 0 to 1, accurate near 0 as well; NaN for NaN. */
    public static float log1pOfUnit(float x) {
        return twiceAtanh(x / (2 + x));
    }

    /** ln x for finite x of at least the smallest normal number; NaN for NaN. */
    public static float log(float x) {
        if (Float.isNaN(x)) {
            return x;
        }
        // x = m·2^k with m of √½ to √2.
        int bits = Float.floatToRawIntBits(x) - 0x3F3504F3;
        float k = bits >> 23;
        float m = Float.intBitsToFloat((bits & 0x7FFFFF) + 0x3F3504F3);
        return Math.fma(k, LN2_HIGH, Math.fma(k, LN2_LOW, twiceAtanh((m - 1) / (m + 1))));
    }

    /** 2·atanh(s) for a magnitude of s of at most 1/3. */
    private static float twiceAtanh(float s) {
        float t = s * s;
        // (2·atanh(s) − 2s) / s³
        float p = 0.20787616f;
        p = Math.fma(p, t, 0.17464702f);
        p = Math.fma(p, t, 0.22264712f);
        p = Math.fma(p, t, 0.28570306f);
        p = Math.fma(p, t, 0.4000001f);
        p = Math.fma(p, t, 0.6666667f);
        return Math.fma(p * t, s, 2 * s);
    }

    /** 1 / (1 + e^−x) */
    public static float sigmoid(float x) {
        float e = expOfNonPositive(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    public static float tanh(float x) {
        float d = expm1OfNonPositive(-2 * Math.abs(x));
        return Math.copySign(d / (d + 2), x);
    }

    /** x·σ(2·√(2/π)·(x + 0.044715·x³)): GELU in its tanh form. */
    public static float gelu(float x) {
        // Beyond 10 the sigmoid is 0 or 1 to the last bit.
        return Math.abs(x) > 10 ? Math.max(x, 0) : x * sigmoid(geluExponent(x));
    }

    /** The derivative of {@link #gelu}. */
    public static float geluDerivative(float x) {
        if (Math.abs(x) > 10) {
            return x > 0 ? 1 : 0;
        }
        float s = sigmoid(geluExponent(x));
        float slope = Math.fma(0.21406968f, x * x, 1.5957692f);
        return Math.fma(x * s * (1 - s), slope, s);
    }

    /** 2·√(2/π)·(x + 0.044715·x³) */
    private static float geluExponent(float x) {
        return x * Math.fma(0.07135656f, x * x, 1.5957692f);
    }

    /** x for positive x, else e^x − 1. */
    public static float elu(float x) {
        return x > 0 ? x : expm1OfNonPositive(x);
    }

    /** ln(1 + e^x), for any finite x. */
    public static float softplus(float x) {
        return Math.max(x, 0) + log1pOfUnit(expOfNonPositive(-Math.abs(x)));
    }

    /** Softmax of {@code count} values in place. */
    public static void softmax(float[] values, int offset, int count) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, values[offset + i]);
        }
        float sum = 0;
        for (int i = 0; i < count; i++) {
            float e = expOfNonPositive(values[offset + i] - highest);
            values[offset + i] = e;
            sum += e;
        }
        for (int i = 0; i < count; i++) {
            values[offset + i] /= sum;
        }
    }
}
