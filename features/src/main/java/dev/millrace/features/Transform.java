package dev.millrace.features;

import java.io.Serializable;

/** A function of one number. NaN, a missing value, stays NaN. */
public sealed interface Transform extends Serializable {

    double apply(double value);

    /** How the transform of {@code argument} is written. */
    String of(String argument);

    /** The logarithm that keeps the sign: sign(x) · ln(1 + |x|). Zero stays zero, large amounts come closer together. */
    record Log1p() implements Transform {
        @Override
        public double apply(double value) {
            // StrictMath: the same bits on every machine.
            return Math.copySign(StrictMath.log1p(Math.abs(value)), value);
        }

        @Override
        public String of(String argument) {
            return "log1p(" + argument + ")";
        }
    }

    /**
     * The nearest value of the closed range from {@code min} to {@code max}.
     *
     * @param min less than {@code max}; may be negative infinity
     * @param max may be positive infinity
     */
    record Clip(double min, double max) implements Transform {
        public Clip {
            if (!(min < max)) {
                throw new IllegalArgumentException(
                        "clip needs min below max, got min " + min + " and max " + max + "; exchange or widen them");
            }
        }

        @Override
        public double apply(double value) {
            return Math.min(Math.max(value, min), max);
        }

        @Override
        public String of(String argument) {
            return "clip(" + argument + ", " + min + ", " + max + ")";
        }
    }
}
