package dev.millrace.features.selection;

import java.io.Serializable;
import java.util.List;

/** What must hold of one field of an event, or of the label inside it. A missing value satisfies no comparison. */
public sealed interface Condition extends Serializable {

    /** A field of the event's schema, or the label's. */
    String field();

    /** How a number is compared. */
    enum Relation {
        BELOW,
        AT_MOST,
        ABOVE,
        AT_LEAST,
        /** It is one of the values. */
        AMONG,
        /** It is none of the values. */
        NOT_AMONG;

        boolean holds(double number, double[] values) {
            return switch (this) {
                case BELOW -> number < values[0];
                case AT_MOST -> number <= values[0];
                case ABOVE -> number > values[0];
                case AT_LEAST -> number >= values[0];
                case AMONG -> contains(values, number);
                case NOT_AMONG -> !Double.isNaN(number) && !contains(values, number);
            };
        }

        private static boolean contains(double[] values, double number) {
            for (double value : values) {
                if (value == number) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Of a number, boolean (1 or 0), timestamp (milliseconds since the epoch) or label (class index or target).
     *
     * @param values one, or several where the relation is of many; none is NaN
     */
    record OfNumber(String field, Relation relation, List<Double> values) implements Condition {
        public OfNumber {
            values = List.copyOf(values);
            boolean many = relation == Relation.AMONG || relation == Relation.NOT_AMONG;
            if (values.isEmpty() || (values.size() > 1 && !many)) {
                throw new IllegalArgumentException("'" + field + "' " + relation + " takes "
                        + (many ? "values" : "one value") + ", got " + values);
            }
        }
    }

    /**
     * Of an id or string.
     *
     * @param among whether it must be one of the values, or none of them
     */
    record OfText(String field, boolean among, List<String> values) implements Condition {
        public OfText {
            values = List.copyOf(values);
        }
    }

    /** Whether there is a value at all. */
    record Presence(String field, boolean present) implements Condition {}
}
