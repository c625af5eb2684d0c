package dev.millrace.jobs;

import dev.millrace.operators.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline is run; what it computes is the pipeline's own.
 *
 * @param order in which records are handled
 * @param horizon last event time of a bounded input, milliseconds since the epoch: nothing is concluded from times beyond
 *     it; null if the input has no end
 * @param bounded whether the job ends where the topics end when it starts
 * @param metricsSlice length of the event-time slices that quality is measured in
 * @param metricsFrom start of the "since" total in the metrics; null for none
 */
public record JobOptions(
        Order order, @Nullable Long horizon, boolean bounded, Duration metricsSlice, @Nullable Instant metricsFrom) {

    public static final Duration DEFAULT_METRICS_SLICE = Duration.ofDays(1);

    /** A job without an end. */
    public static JobOptions continuous(Order order) {
        return new JobOptions(order, null, false, DEFAULT_METRICS_SLICE, null);
    }

    /** A job over recorded topics, in event-time order. */
    public static JobOptions bounded(long horizon) {
        return new JobOptions(Order.EVENT_TIME, horizon, true, DEFAULT_METRICS_SLICE, null);
    }

    public JobOptions withMetricsSlice(Duration slice) {
        return new JobOptions(order, horizon, bounded, slice, metricsFrom);
    }

    OptionalLong horizonMillis() {
        return horizon == null ? OptionalLong.empty() : OptionalLong.of(horizon);
    }
}
