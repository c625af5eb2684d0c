package dev.millrace.operators.order;

/** In which order a job handles records. */
public enum Order {
    /**
     * At once, as they come. Lowest latency; each label is applied exactly once, whatever fails, but weights depend on
     * which record came first.
     */
    ARRIVAL,
    /**
     * Sorted by (stream time, rank, id), as far as the watermark has come. Results are a function of the set of records
     * alone.
     */
    EVENT_TIME
}
