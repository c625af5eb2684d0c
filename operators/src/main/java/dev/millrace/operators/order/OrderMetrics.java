package dev.millrace.operators.order;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of every {@link OrderedOperator}, for example {@code …taskmanager.job.task.operator.lateRecords}. */
public final class OrderMetrics {

    /** Records that came after the watermark had passed their stream time; handled at once, out of order. */
    public static final String LATE_RECORDS = "lateRecords";
    /** Records that are equal in time, id and bytes to one that was handled; dropped. */
    public static final String COLLAPSED_RECORDS = "collapsedRecords";
    /** Records that wait for the watermark in memory now. */
    public static final String BUFFERED_RECORDS = "bufferedRecords";
    /** Segments of up to 8,192 records that wait for the watermark in state, since memory has no room for them. */
    public static final String SPILLED_SEGMENTS = "spilledSegments";

    private final Counter late;

    OrderMetrics(MetricGroup group, OrderBuffer<?> buffer, OrderBufferState<?, ?> state) {
        late = group.counter(LATE_RECORDS);
        group.gauge(COLLAPSED_RECORDS, buffer::collapsed);
        group.gauge(BUFFERED_RECORDS, buffer::size);
        group.gauge(SPILLED_SEGMENTS, state::segments);
    }

    void countLate() {
        late.inc();
    }
}
