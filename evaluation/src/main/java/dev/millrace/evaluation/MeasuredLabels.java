package dev.millrace.evaluation;

import java.util.Locale;

/** Which labels a row is measured on. */
public enum MeasuredLabels {
    /** Those that came. */
    REAL,
    /** Those that came, and the negatives assumed for those that have not. */
    ALL;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in JSON. */
    public String key() {
        return key;
    }
}
