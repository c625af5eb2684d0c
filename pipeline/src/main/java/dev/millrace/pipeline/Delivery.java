package dev.millrace.pipeline;

/** What readers of the output topics may rely on when a job restarts. */
public enum Delivery {
    /** Every result, some of them twice. */
    AT_LEAST_ONCE,
    /** Every result once, for readers of committed records; visible with the next checkpoint. */
    EXACTLY_ONCE
}
