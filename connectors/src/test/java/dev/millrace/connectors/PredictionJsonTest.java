package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.millrace.events.Codecs;
import dev.millrace.events.EventId;
import dev.millrace.events.Prediction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PredictionJsonTest {

    private static final long TIME = Instant.parse("2018-04-01T00:00:31.250Z").toEpochMilli();

    @Test
    void writesABinaryPrediction() {
        assertThat(text(new Prediction(
                        "card-fraud", EventId.of(42), TIME, 1, new float[] {0.1f}, 7, Long.MIN_VALUE, "c\"17")))
                .isEqualTo(
                        """
                        {"id":"42","event_time":"2018-04-01T00:00:31.250Z","score":0.1,"model":"card-fraud",\
                        "model_version":7,"newest_label_time":null,"shard":1,"reporting_id":"c\\"17"}""");
    }

    @Test
    void writesOneScoreForEachOfSeveralClasses() {
        assertThat(text(new Prediction("m", EventId.of("x"), 0, 0, new float[] {0.25f, 0.75f}, 0, TIME, "")))
                .isEqualTo(
                        """
                        {"id":"x","event_time":"1970-01-01T00:00:00Z","scores":[0.25,0.75],"model":"m",\
                        "model_version":0,"newest_label_time":"2018-04-01T00:00:31.250Z","shard":0}""");
    }

    @Test
    void readsWhatItWrites() throws Exception {
        for (float[] scores : new float[][] {
            {0.1f}, {1e-30f}, {1f}, {16777216f}, {Float.MIN_VALUE}, {Float.NaN}, {0.2f, 0.3f, 0.5f}, new float[20]
        }) {
            Prediction written = new Prediction("m", EventId.of("ä"), TIME, 3, scores, 1L << 40, TIME - 1, "r");

            assertThat(Codecs.PREDICTION.toBytes(PredictionJson.read(PredictionJson.write(written))))
                    .isEqualTo(Codecs.PREDICTION.toBytes(written));
        }
    }

    @Test
    void skipsMembersOfLaterReleases() throws Exception {
        Prediction read = PredictionJson.read(
                bytes("{\"later\":{\"a\":[1]},\"id\":\"1\",\"event_time\":\"1970-01-01T00:00:01Z\",\"score\":1}"));

        assertThat(read.id()).isEqualTo(EventId.of(1));
        assertThat(read.time()).isEqualTo(1000);
    }

    @Test
    void refusesWhatIsNoPrediction() {
        for (String bytes : new String[] {
            "",
            "[]",
            "{}",
            "{\"id\":\"1\",\"event_time\":\"yesterday\",\"score\":1}",
            "{\"id\":\"1\",\"event_time\":\"1970-01-01T00:00:01Z\"}",
            "{\"id\":\"1\",\"scores\":1}",
            "{\"id\":"
        }) {
            assertThatIOException().as(bytes).isThrownBy(() -> PredictionJson.read(bytes(bytes)));
        }
    }

    private static String text(Prediction prediction) {
        return new String(PredictionJson.write(prediction), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
