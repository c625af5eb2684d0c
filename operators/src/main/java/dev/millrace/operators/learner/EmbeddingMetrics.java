package dev.millrace.operators.learner;

import dev.millrace.modelstate.EmbeddingCounts;
import dev.millrace.modelstate.EmbeddingStore;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics of embedding rows, gauges of the {@link OnlineLearner} per table, for example {@code
 * …taskmanager.job.task.operator.embeddings.table.user.admitted}; {@code table} is a variable of the group. They count since the
 * task began.
 */
public final class EmbeddingMetrics {

    /** Group of all of them. */
    public static final String GROUP = "embeddings";
    /** Variable that holds the name of the table. */
    public static final String TABLE = "table";
    /** Ids that got an entry in state, if only to be counted. */
    public static final String CREATED = "created";
    /** Ids that got a row of their own. */
    public static final String ADMITTED = "admitted";
    /** Uses of ids that are not admitted yet. */
    public static final String UNADMITTED = "unadmitted";
    /** Entries dropped because no event named them for long. */
    public static final String EXPIRED = "expired";
    /** Uses of an id whose hash is that of another one's row. */
    public static final String CLASHES = "clashes";
    /** Rows read from state because they were not live. */
    public static final String LOADED = "loaded";
    /** Rows held live, of all tables. */
    public static final String LIVE_ROWS = "liveRows";
    /** Rows that have changed and are not written to state yet, of all tables. */
    public static final String CHANGED_ROWS = "changedRows";

    private EmbeddingMetrics() {}

    static void register(MetricGroup operatorGroup, EmbeddingSpec spec, EmbeddingStore store) {
        if (spec.isEmpty()) {
            return;
        }
        MetricGroup group = operatorGroup.addGroup(GROUP);
        group.gauge(LIVE_ROWS, store::liveCount);
        group.gauge(CHANGED_ROWS, store::changedCount);
        for (int table = 0; table < spec.tables().size(); table++) {
            EmbeddingCounts counts = store.counts(table);
            MetricGroup ofTable = group.addGroup(TABLE, spec.tables().get(table).name());
            ofTable.gauge(CREATED, counts::created);
            ofTable.gauge(ADMITTED, counts::admitted);
            ofTable.gauge(UNADMITTED, counts::unadmitted);
            ofTable.gauge(EXPIRED, counts::expired);
            ofTable.gauge(CLASHES, counts::clashes);
            ofTable.gauge(LOADED, counts::loaded);
        }
    }
}
