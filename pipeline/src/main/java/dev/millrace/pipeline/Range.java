package dev.millrace.pipeline;

/**
 * Numbers that a key may have.
 *
 * @param rule how the range is said: {@code at least 1}
 */
record Range(double min, boolean minIncluded, double max, boolean maxIncluded, String rule) {

    static Range any() {
        return new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, "finite");
    }

    static Range above(double min) {
        return new Range(min, false, Float.MAX_VALUE, true, "above " + text(min));
    }

    static Range from(double min, double max) {
        return new Range(min, true, max, true, "from " + text(min) + " to " + text(max));
    }

    static Range aboveAndAtMost(double min, double max) {
        return new Range(min, false, max, true, "above " + text(min) + " and at most " + text(max));
    }

    static Range fromAndBelow(double min, double max) {
        return new Range(min, true, max, false, "at least " + text(min) + " and below " + text(max));
    }

    boolean contains(double value) {
        return (minIncluded ? value >= min : value > min) && (maxIncluded ? value <= max : value < max);
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
