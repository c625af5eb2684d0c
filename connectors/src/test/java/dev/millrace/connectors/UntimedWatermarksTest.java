package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.EventId;
import dev.millrace.events.RecommendationRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class UntimedWatermarksTest {

    private static final Ingested<RecommendationRequest> REQUEST =
            new Ingested.Parsed<>(new RecommendationRequest(EventId.of("r"), 1_000, 0, "u", 1, List.of(), List.of()));

    @Test
    void isIdleFromTheBeginningAndStaysSo() {
        List<String> seen = new ArrayList<>();
        WatermarkOutput output = new WatermarkOutput() {
            @Override
            public void emitWatermark(Watermark watermark) {
                seen.add(watermark.toString());
            }

            @Override
            public void markIdle() {
                seen.add("idle");
            }

            @Override
            public void markActive() {
                seen.add("active");
            }
        };
        WatermarkGenerator<Ingested<RecommendationRequest>> watermarks =
                new UntimedWatermarks<RecommendationRequest>().createWatermarkGenerator(null);

        watermarks.onPeriodicEmit(output);
        assertThat(seen).containsExactly("idle");
        watermarks.onEvent(REQUEST, 1_000, output);
        watermarks.onPeriodicEmit(output);
        assertThat(seen).containsOnly("idle");
    }

    @Test
    void leavesRequestsTheirTime() {
        assertThat(new UntimedWatermarks<RecommendationRequest>()
                        .createTimestampAssigner(null)
                        .extractTimestamp(REQUEST, 7))
                .isEqualTo(1_000);
    }
}
