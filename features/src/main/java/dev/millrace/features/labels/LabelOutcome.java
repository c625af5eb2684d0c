package dev.millrace.features.labels;

/**
 * What was decided about a label or an event. Every label that was read ends in exactly one of REAL, REVISED, CONFIRMED,
 * DUPLICATE, SUPERSEDED and ORPHANED; ASSUMED, DROPPED and REPEATED_EVENT count events.
 */
public enum LabelOutcome {
    /** A label within {@code wait} of its event. */
    REAL,
    /** A label that came later than {@code wait} or differs from the one that held. */
    REVISED,
    /** A label that says what was assumed. */
    CONFIRMED,
    /** A label that says what another had said. */
    DUPLICATE,
    /** A label that is older than the one that holds, or was replaced before its event came. */
    SUPERSEDED,
    /** A label whose event never came, or was already forgotten. */
    ORPHANED,
    /** An event that counts as a negative, since no label came within {@code wait}. */
    ASSUMED,
    /** An event that no label came for within {@code wait}. */
    DROPPED,
    /** Another event with the id of a known one: scored, never trained. A label recorded in it counts with it. */
    REPEATED_EVENT
}
