package dev.millrace.connectors;

import dev.millrace.events.Ordered;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets parsed records through and puts rejected ones to the side. Keeps nothing; stands chained behind a source.
 *
 * <p>The first record of each reason is logged, all are counted, see {@link IngestMetrics}.
 */
public final class RejectedSplit<T extends Ordered> extends ProcessFunction<Ingested<T>, T> {

    private static final long serialVersionUID = 1L;

    /** The records for the dead letters. */
    public static final OutputTag<RejectedRecord> REJECTED = new OutputTag<>("rejected", IngestedTypes.REJECTED);

    private static final Logger LOG = LoggerFactory.getLogger(RejectedSplit.class);

    private transient @Nullable IngestMetrics metrics;

    @Override
    public void open(OpenContext context) {
        metrics = new IngestMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Ingested<T> ingested, Context context, Collector<T> output) {
        IngestMetrics counters = Objects.requireNonNull(metrics, "open comes first");
        if (ingested instanceof Ingested.Parsed<T> parsed) {
            counters.parsed();
            output.collect(parsed.value());
        } else if (ingested instanceof Ingested.Rejected<T> rejected) {
            if (counters.rejected(rejected.record().reason())) {
                LOG.warn(
                        "The first rejected record of its kind; further ones are counted and become dead letters: {}",
                        rejected.record());
            }
            context.output(REJECTED, rejected.record());
        }
    }
}
