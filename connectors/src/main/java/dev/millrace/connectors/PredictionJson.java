package dev.millrace.connectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.millrace.events.EventId;
import dev.millrace.events.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * A prediction as a JSON object.
 *
 * <ul>
 *   <li>{@code id}: text, also where the event wrote a number: not every reader holds a long exactly
 *   <li>{@code event_time}: ISO 8601 in UTC, to the millisecond
 *   <li>{@code score}: number; or {@code scores}: one number a class, where there are several. {@code null} stands for
 *       a score that is not finite
 *   <li>{@code model}: text; {@code model_version}: number of updates; {@code shard}: integer
 *   <li>{@code newest_label_time}: as {@code event_time}; {@code null} before the first label
 *   <li>{@code reporting_id}: text; absent if empty
 * </ul>
 *
 * <p>Members may be added in later releases, so readers skip what they do not know.
 */
public final class PredictionJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private PredictionJson() {}

    public static byte[] write(Prediction prediction) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(256)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                write(prediction, json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
    }

    private static void write(Prediction prediction, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", prediction.id().toString());
        json.writeStringField("event_time", time(prediction.time()));
        float[] scores = prediction.scores();
        if (scores.length == 1) {
            json.writeFieldName("score");
            writeScore(json, scores[0]);
        } else {
            json.writeArrayFieldStart("scores");
            for (float score : scores) {
                writeScore(json, score);
            }
            json.writeEndArray();
        }
        json.writeStringField("model", prediction.model());
        json.writeNumberField("model_version", prediction.modelVersion());
        json.writeFieldName("newest_label_time");
        if (prediction.newestLabelTime() == Long.MIN_VALUE) {
            json.writeNull();
        } else {
            json.writeString(time(prediction.newestLabelTime()));
        }
        json.writeNumberField("shard", prediction.shard());
        if (!prediction.reportingId().isEmpty()) {
            json.writeStringField("reporting_id", prediction.reportingId());
        }
        json.writeEndObject();
    }

    private static void writeScore(JsonGenerator json, float score) throws IOException {
        if (Float.isFinite(score)) {
            json.writeNumber(score);
        } else {
            json.writeNull();
        }
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /**
     * Reads what {@link #write} wrote, in this release or another.
     *
     * @throws IOException if the bytes are no prediction; its message says why
     */
    public static Prediction read(byte[] bytes) throws IOException {
        Draft draft = new Draft();
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a prediction must be a JSON object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                draft.read(name, json);
            }
        } catch (DateTimeException e) {
            throw new IOException("a time of the prediction is not ISO 8601: " + e.getMessage(), e);
        }
        return draft.prediction();
    }

    /** The members read so far. */
    private static final class Draft {
        private String model = "";
        private String id = "";
        private long time = Long.MIN_VALUE;
        private int shard;
        private float[] scores = {};
        private long modelVersion;
        private long newestLabelTime = Long.MIN_VALUE;
        private String reportingId = "";

        void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "id" -> id = json.getText();
                case "event_time" -> time = Instant.parse(json.getText()).toEpochMilli();
                case "score" -> scores = new float[] {score(json)};
                case "scores" -> scores = scores(json);
                case "model" -> model = json.getText();
                case "model_version" -> modelVersion = json.getLongValue();
                case "newest_label_time" -> {
                    if (json.currentToken() != JsonToken.VALUE_NULL) {
                        newestLabelTime = Instant.parse(json.getText()).toEpochMilli();
                    }
                }
                case "shard" -> shard = json.getIntValue();
                case "reporting_id" -> reportingId = json.getText();
                default -> json.skipChildren();
            }
        }

        private static float[] scores(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new IOException("the scores of a prediction must be an array");
            }
            float[] scores = new float[8];
            int count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (count == scores.length) {
                    scores = Arrays.copyOf(scores, 2 * count);
                }
                scores[count++] = score(json);
            }
            return Arrays.copyOf(scores, count);
        }

        private static float score(JsonParser json) throws IOException {
            return json.currentToken() == JsonToken.VALUE_NULL ? Float.NaN : json.getFloatValue();
        }

        Prediction prediction() throws IOException {
            if (id.isEmpty() || time == Long.MIN_VALUE || scores.length == 0) {
                throw new IOException("a prediction must have id, event_time and score or scores");
            }
            return new Prediction(
                    model, EventId.of(id), time, shard, scores, modelVersion, newestLabelTime, reportingId);
        }
    }
}
