package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connectors.format.RejectReason;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class IngestWatermarksTest {

    private final ManualClock clock = new ManualClock();
    private final Recorded output = new Recorded();

    @Test
    void trailsTheLatestTimeByTheAllowedDisorder() {
        WatermarkGenerator<Ingested<LabelRecord>> watermarks =
                generator(IngestWatermarks.periodic(Duration.ofMillis(10)));

        watermarks.onPeriodicEmit(output);
        watermarks.onEvent(parsed(100), 100, output);
        watermarks.onEvent(parsed(50), 50, output);
        assertThat(output.seen).isEmpty();

        watermarks.onPeriodicEmit(output);
        assertThat(output.seen).containsExactly("89");
    }

    @Test
    void doesNotSeeRejectedRecords() {
        WatermarkGenerator<Ingested<LabelRecord>> watermarks =
                generator(IngestWatermarks.<LabelRecord>periodic(Duration.ZERO).afterAdvances(1));

        watermarks.onEvent(rejected(), 5_000, output);
        watermarks.onPeriodicEmit(output);
        assertThat(output.seen).isEmpty();

        watermarks.onEvent(parsed(100), 100, output);
        watermarks.onEvent(rejected(), 5_000, output);
        watermarks.onPeriodicEmit(output);
        assertThat(output.seen).containsExactly("99", "99");
    }

    @Test
    void emitsAfterSoManyAdvances() {
        WatermarkGenerator<Ingested<LabelRecord>> watermarks =
                generator(IngestWatermarks.<LabelRecord>periodic(Duration.ZERO).afterAdvances(3));

        for (long time : new long[] {1, 2, 2, 1, 3, 4, 5, 6, 7}) {
            watermarks.onEvent(parsed(time), time, output);
        }

        assertThat(output.seen).containsExactly("2", "5");
    }

    @Test
    void letsAPartitionOfRejectedRecordsFallIdleAndWakesItWithAParsedOne() {
        WatermarkGenerator<Ingested<LabelRecord>> watermarks =
                generator(IngestWatermarks.<LabelRecord>periodic(Duration.ZERO).idleAfter(Duration.ofSeconds(1)));
        watermarks.onEvent(parsed(100), 100, output);
        watermarks.onPeriodicEmit(output);
        for (int i = 0; i < 10; i++) {
            clock.advanceTime(Duration.ofMillis(300));
            watermarks.onEvent(rejected(), 0, output);
            watermarks.onPeriodicEmit(output);
        }
        assertThat(output.seen).contains("idle").endsWith("idle");

        watermarks.onEvent(parsed(100), 100, output);
        watermarks.onPeriodicEmit(output);
        assertThat(output.seen).endsWith("99");
    }

    @Test
    void givesParsedRecordsTheirTimeAndRejectedOnesNone() {
        TimestampAssigner<Ingested<LabelRecord>> assigner =
                IngestWatermarks.<LabelRecord>periodic(Duration.ZERO).createTimestampAssigner(context());

        assertThat(assigner.extractTimestamp(parsed(7), 99)).isEqualTo(7);
        assertThat(assigner.extractTimestamp(rejected(), 99)).isEqualTo(TimestampAssigner.NO_TIMESTAMP);
    }

    private WatermarkGenerator<Ingested<LabelRecord>> generator(IngestWatermarks<LabelRecord> strategy) {
        return strategy.createWatermarkGenerator(context());
    }

    private static Ingested<LabelRecord> parsed(long time) {
        return new Ingested.Parsed<>(new LabelRecord(EventId.of(1), time, 0f));
    }

    private static Ingested<LabelRecord> rejected() {
        return new Ingested.Rejected<>(
                new RejectedRecord(RejectReason.MALFORMED, "", "labels", 0, 0, 5_000, null, new byte[0], 0));
    }

    private Context context() {
        return new Context(clock);
    }

    private record Context(ManualClock clock)
            implements WatermarkGeneratorSupplier.Context, TimestampAssignerSupplier.Context {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
            return clock;
        }
    }

    private static final class Recorded implements WatermarkOutput {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            seen.add(Long.toString(watermark.getTimestamp()));
        }

        @Override
        public void markIdle() {
            seen.add("idle");
        }

        @Override
        public void markActive() {
            seen.add("active");
        }
    }
}
