package dev.millrace.connectors;

import dev.millrace.events.Ordered;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.jspecify.annotations.Nullable;

/**
 * Event time of one source, by partition: the largest time read so far, less the allowed disorder.
 *
 * <p>Rejected records do not exist for it: they carry no time, move no watermark and keep no partition awake.
 */
public final class IngestWatermarks<T extends Ordered> implements WatermarkStrategy<Ingested<T>> {

    private static final long serialVersionUID = 1L;

    private final Duration maxOutOfOrderness;
    private final @Nullable Duration idleAfter;
    private final int advancesPerWatermark;

    private IngestWatermarks(Duration maxOutOfOrderness, @Nullable Duration idleAfter, int advancesPerWatermark) {
        this.maxOutOfOrderness = maxOutOfOrderness;
        this.idleAfter = idleAfter;
        this.advancesPerWatermark = advancesPerWatermark;
    }

    /**
     * Watermarks at the interval of Flink's {@code pipeline.auto-watermark-interval}.
     *
     * @param maxOutOfOrderness how much earlier than one already read a record's time may be, at least 0
     */
    public static <T extends Ordered> IngestWatermarks<T> periodic(Duration maxOutOfOrderness) {
        if (maxOutOfOrderness.isNegative()) {
            throw new IllegalArgumentException("max-out-of-orderness must not be negative, got " + maxOutOfOrderness
                    + "; 0s takes records as sorted");
        }
        return new IngestWatermarks<>(maxOutOfOrderness, null, 0);
    }

    /**
     * Lets event time go on without partitions that have sent nothing usable for so long. Only for the order of
     * arrival: which partition is idle is a matter of wall-clock time.
     */
    public IngestWatermarks<T> idleAfter(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the idle timeout must be longer than 0, got " + timeout);
        }
        return new IngestWatermarks<>(maxOutOfOrderness, timeout, advancesPerWatermark);
    }

    /**
     * A watermark also after every so many records that moved event time on: at full replay speed the interval of
     * periodic ones spans weeks of events, which all would wait in buffers.
     */
    public IngestWatermarks<T> afterAdvances(int advances) {
        if (advances < 1) {
            throw new IllegalArgumentException("advances per watermark must be at least 1, got " + advances);
        }
        return new IngestWatermarks<>(maxOutOfOrderness, idleAfter, advances);
    }

    @Override
    public TimestampAssigner<Ingested<T>> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return timeOfParsed();
    }

    static <T extends Ordered> TimestampAssigner<Ingested<T>> timeOfParsed() {
        return (ingested, kafkaTimestamp) ->
                ingested instanceof Ingested.Parsed<T> parsed ? parsed.time() : TimestampAssigner.NO_TIMESTAMP;
    }

    @Override
    public WatermarkGenerator<Ingested<T>> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        WatermarkGenerator<Ingested<T>> bounded = new Bounded<>(maxOutOfOrderness.toMillis(), advancesPerWatermark);
        return new ParsedOnly<>(
                idleAfter == null
                        ? bounded
                        : new WatermarksWithIdleness<>(bounded, idleAfter, context.getInputActivityClock()));
    }

    /** Hides rejected records. */
    private record ParsedOnly<T extends Ordered>(WatermarkGenerator<Ingested<T>> watermarks)
            implements WatermarkGenerator<Ingested<T>> {

        @Override
        public void onEvent(Ingested<T> ingested, long time, WatermarkOutput output) {
            if (ingested instanceof Ingested.Parsed<T>) {
                watermarks.onEvent(ingested, time, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            watermarks.onPeriodicEmit(output);
        }
    }

    /** Emits nothing before the first record: until then the partition has no time. */
    private static final class Bounded<T> implements WatermarkGenerator<T> {

        private static final long NONE = Long.MIN_VALUE;

        private final long maxOutOfOrderness;
        private final int advancesPerWatermark;
        private long latest = NONE;
        private int advances;

        Bounded(long maxOutOfOrderness, int advancesPerWatermark) {
            this.maxOutOfOrderness = maxOutOfOrderness;
            this.advancesPerWatermark = advancesPerWatermark;
        }

        @Override
        public void onEvent(T event, long time, WatermarkOutput output) {
            if (time <= latest) {
                return;
            }
            latest = time;
            advances++;
            if (advances == advancesPerWatermark) {
                emit(output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (latest != NONE) {
                emit(output);
            }
        }

        /** A watermark at t says that nothing at or before t follows: one less than what may still come. */
        private void emit(WatermarkOutput output) {
            advances = 0;
            output.emitWatermark(new Watermark(latest - maxOutOfOrderness - 1));
        }
    }
}
