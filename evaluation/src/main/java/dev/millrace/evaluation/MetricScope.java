package dev.millrace.evaluation;

import java.util.Locale;

/** Which part of the stream a row is of. */
public enum MetricScope {
    /** One slice of event time. */
    SLICE,
    /** The last slices that end with one. */
    SLIDING,
    /** Everything, the recent past weighing more: {@link FadingSums}. */
    FADING,
    /** The whole stream. */
    TOTAL,
    /** The slices that start at or after {@link EvaluationOptions#reportFrom}. */
    SINCE,
    /** The whole stream of one shard. */
    SHARD;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in JSON. */
    public String key() {
        return key;
    }
}
