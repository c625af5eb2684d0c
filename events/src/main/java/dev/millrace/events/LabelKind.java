package dev.millrace.events;

/** How a label came to be known. */
public enum LabelKind {
    /** It came with its event or within {@code wait} of it. */
    REAL,
    /** None came within {@code wait}, and the policy takes that as a negative. */
    ASSUMED,
    /** It came later than {@code wait}, or differs from what was known before. */
    REVISED
}
