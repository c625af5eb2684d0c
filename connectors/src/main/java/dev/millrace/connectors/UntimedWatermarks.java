package dev.millrace.connectors;

import dev.millrace.events.Ordered;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * For a source that event time does not wait for, such as that of requests: it is idle from its beginning, whatever it reads. Its
 * records keep their times.
 */
public final class UntimedWatermarks<T extends Ordered> implements WatermarkStrategy<Ingested<T>> {

    private static final long serialVersionUID = 1L;

    @Override
    public TimestampAssigner<Ingested<T>> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return IngestWatermarks.timeOfParsed();
    }

    @Override
    public WatermarkGenerator<Ingested<T>> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Idle<>();
    }

    /** Says so again and again: an output that has been told once may be asked anew for each partition. */
    private static final class Idle<T> implements WatermarkGenerator<T> {

        @Override
        public void onEvent(T event, long time, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
