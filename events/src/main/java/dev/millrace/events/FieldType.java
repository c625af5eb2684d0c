package dev.millrace.events;

/** The type of a declared field, and with it the way its value is stored in an {@link Event}. */
public enum FieldType {
    /** A finite number, stored as a double. */
    NUMBER(true),
    /** True or false, stored as 1.0 or 0.0. */
    BOOLEAN(true),
    /** An instant, stored as milliseconds since the epoch; a double holds them exactly until the year 287396. */
    TIMESTAMP(true),
    /** A category: an integer or a text, stored as text. */
    ID(false),
    /** Free text. */
    STRING(false);

    private final boolean numeric;

    FieldType(boolean numeric) {
        this.numeric = numeric;
    }

    /** Whether values are stored among the numbers of an event; otherwise they are among its texts. */
    public boolean isNumeric() {
        return numeric;
    }
}
