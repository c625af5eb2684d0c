package dev.millrace.networks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FloatMathTest {

    @Test
    void exponentialsAreAccurateOverTheirWholeRange() {
        for (float x = 0; x > -87; x -= 0.00137f) {
            assertRelative(FloatMath.expOfNonPositive(x), Math.exp(x), 2e-7);
            if (x < 0) {
                assertRelative(FloatMath.expm1OfNonPositive(x), Math.expm1(x), 2e-7);
            }
        }
        for (float x = -1e-30f; x > -1; x *= 1.7f) {
            assertRelative(FloatMath.expm1OfNonPositive(x), Math.expm1(x), 2e-7);
        }
    }

    @Test
    void logarithmsAreAccurateOverTheirWholeRange() {
        for (float x = Float.MIN_NORMAL; x < 1e38f; x *= 1.0173f) {
            assertThat((double) FloatMath.log(x))
                    .isCloseTo(Math.log(x), within(2e-7 * Math.max(1, Math.abs(Math.log(x)))));
        }
        for (float x = 1e-30f; x <= 1; x *= 1.1f) {
            assertRelative(FloatMath.log1pOfUnit(x), Math.log1p(x), 2e-7);
        }
        assertThat(FloatMath.log1pOfUnit(0)).isEqualTo(0);
        assertThat(FloatMath.log(1)).isEqualTo(0);
    }

    @Test
    void sigmoidAndTanhAreAccurateOnBothSides() {
        for (float x = -40; x < 40; x += 0.0113f) {
            assertRelative(FloatMath.sigmoid(x), 1 / (1 + Math.exp(-x)), 4e-7);
            assertRelative(FloatMath.tanh(x), Math.tanh(x), 4e-7);
            assertRelative(FloatMath.softplus(x), Math.log1p(Math.exp(x)), 4e-7);
        }
        assertRelative(FloatMath.tanh(1e-20f), 1e-20, 2e-7);
    }

    @Test
    void geluAndEluAreAccurateOnBothSides() {
        for (float x = -12; x < 12; x += 0.0113f) {
            double slope = Math.sqrt(2 / Math.PI);
            double s = 1 / (1 + Math.exp(-2 * slope * (x + 0.044715 * Math.pow(x, 3))));
            double derivative = s + x * s * (1 - s) * 2 * slope * (1 + 3 * 0.044715 * x * x);
            assertThat((double) FloatMath.gelu(x)).isCloseTo(x * s, within(1e-6));
            assertThat((double) FloatMath.geluDerivative(x)).isCloseTo(derivative, within(2e-6));
            assertThat((double) FloatMath.elu(x)).isCloseTo(x > 0 ? x : Math.expm1(x), within(1e-6));
        }
        assertThat(FloatMath.gelu(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.gelu(1e30f)).isEqualTo(1e30f);
        assertThat(FloatMath.geluDerivative(1e30f)).isEqualTo(1);
        assertThat(FloatMath.gelu(Float.NaN)).isNaN();
        assertThat(FloatMath.elu(Float.NaN)).isNaN();
    }

    @Test
    void extremesAreLimitsAndNaNStaysNaN() {
        for (float x : new float[] {88, 1e4f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertThat(FloatMath.expOfNonPositive(-x)).isEqualTo(0);
            assertThat(FloatMath.expm1OfNonPositive(-x)).isEqualTo(-1);
            assertThat(FloatMath.sigmoid(x)).isEqualTo(1);
            assertThat(FloatMath.sigmoid(-x)).isEqualTo(0);
            assertThat(FloatMath.tanh(x)).isEqualTo(1);
            assertThat(FloatMath.tanh(-x)).isEqualTo(-1);
        }
        assertThat(FloatMath.expOfNonPositive(Float.NaN)).isNaN();
        assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
        assertThat(FloatMath.tanh(Float.NaN)).isNaN();
        assertThat(FloatMath.softplus(Float.NaN)).isNaN();
        assertThat(FloatMath.log(Float.NaN)).isNaN();
        float[] values = {1, Float.NaN};
        FloatMath.softmax(values, 0, 2);
        assertThat(values[0]).isNaN();
    }

    @Test
    void softmaxOfHugeValuesSumsToOne() {
        float[] values = {9, 1e30f, 1e30f, -1e30f};
        FloatMath.softmax(values, 1, 3);
        assertThat(values).containsExactly(9, 0.5f, 0.5f, 0);
    }

    private static void assertRelative(float actual, double expected, double tolerance) {
        assertThat((double) actual).isCloseTo(expected, within(tolerance * Math.abs(expected) + 1e-38));
    }
}
