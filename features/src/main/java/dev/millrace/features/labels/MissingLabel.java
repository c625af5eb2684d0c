package dev.millrace.features.labels;

/** What an event becomes when no label came within {@code wait}. */
public enum MissingLabel {
    /** It counts as a negative until a label says otherwise. */
    NEGATIVE,
    /** It is not trained on, unless a label still comes within {@code keep}. */
    DROP
}
