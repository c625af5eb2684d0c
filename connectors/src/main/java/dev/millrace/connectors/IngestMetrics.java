package dev.millrace.connectors;

import dev.millrace.connectors.format.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the split of a source counts, under the operator's scope, for example {@code
 * …card-fraud.Split_transactions.0.ingest.rejected.missing-id}. Unit: records since the start of the task.
 */
public final class IngestMetrics {

    /** Group of all of them. */
    public static final String GROUP = "ingest";
    /** Records that went on. */
    public static final String PARSED = "parsed";
    /** Records that became dead letters, whatever the reason. */
    public static final String REJECTED_TOTAL = "rejected-total";
    /** Group with one counter for each {@link RejectReason#code}. */
    public static final String REJECTED_GROUP = "rejected";

    private final Counter parsed;
    private final Counter rejectedTotal;
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);

    IngestMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup(GROUP);
        parsed = group.counter(PARSED);
        rejectedTotal = group.counter(REJECTED_TOTAL);
        MetricGroup reasons = group.addGroup(REJECTED_GROUP);
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(reason, reasons.counter(reason.code()));
        }
    }

    void parsed() {
        parsed.inc();
    }

    /** Returns whether it is the first of its reason. */
    boolean rejected(RejectReason reason) {
        rejectedTotal.inc();
        Counter counter = Objects.requireNonNull(rejected.get(reason));
        counter.inc();
        return counter.getCount() == 1;
    }
}
