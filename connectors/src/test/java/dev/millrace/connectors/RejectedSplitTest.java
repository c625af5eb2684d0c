package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connectors.format.RejectReason;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class RejectedSplitTest {

    @Test
    void takesParsedAndRejectedRecordsApart() throws Exception {
        LabelRecord label = new LabelRecord(EventId.of(1), 5, 1f);
        try (OneInputStreamOperatorTestHarness<Ingested<LabelRecord>, LabelRecord> harness =
                ProcessFunctionTestHarnesses.forProcessFunction(new RejectedSplit<LabelRecord>())) {
            assertThat(harness.getOperator()).isInstanceOf(ProcessOperator.class);

            harness.processElement(new Ingested.Parsed<>(label), label.time());
            harness.processElement(new Ingested.Rejected<>(rejected(RejectReason.EMPTY)), Long.MIN_VALUE);
            harness.processElement(new Ingested.Rejected<>(rejected(RejectReason.TOO_DEEP)), Long.MIN_VALUE);

            assertThat(harness.extractOutputValues()).containsExactly(label);
            assertThat(harness.getSideOutput(RejectedSplit.REJECTED))
                    .extracting(record -> record.getValue().reason())
                    .containsExactly(RejectReason.EMPTY, RejectReason.TOO_DEEP);
        }
    }

    @Test
    void countsByReason() {
        Counters counters = new Counters("", new HashMap<>());
        IngestMetrics metrics = new IngestMetrics(counters);

        metrics.parsed();
        assertThat(metrics.rejected(RejectReason.EMPTY)).isTrue();
        assertThat(metrics.rejected(RejectReason.EMPTY)).isFalse();
        assertThat(metrics.rejected(RejectReason.TOO_DEEP)).isTrue();

        assertThat(counters.count("ingest.parsed")).isEqualTo(1);
        assertThat(counters.count("ingest.rejected-total")).isEqualTo(3);
        assertThat(counters.count("ingest.rejected.empty")).isEqualTo(2);
        assertThat(counters.count("ingest.rejected.too-deep")).isEqualTo(1);
        assertThat(counters.count("ingest.rejected.missing-id")).isZero();
    }

    private static RejectedRecord rejected(RejectReason reason) {
        return new RejectedRecord(reason, "detail", "labels", 0, 0, 0, null, null, 0);
    }

    /** Remembers every counter under its full name. */
    private static final class Counters extends UnregisteredMetricsGroup {
        private final String prefix;
        private final Map<String, Counter> all;

        private Counters(String prefix, Map<String, Counter> all) {
            this.prefix = prefix;
            this.all = all;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new Counters(prefix + name + ".", all);
        }

        @Override
        public Counter counter(String name) {
            Counter counter = super.counter(name);
            all.put(prefix + name, counter);
            return counter;
        }

        private long count(String name) {
            return all.get(name).getCount();
        }
    }
}
