package dev.millrace.connectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.millrace.events.Recommendation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * The answer to a request as a JSON object.
 *
 * <ul>
 *   <li>{@code request}: text, the id of the request; {@code request_time}: ISO 8601 in UTC, to the millisecond
 *   <li>{@code user}: text
 *   <li>{@code items}: array, best first, of objects with {@code item}, a text, and {@code score}, a number that is comparable
 *       within this answer only; {@code null} stands for one that is not finite
 *   <li>{@code source}: what ranked them: {@code model}, or {@code popularity} for a user without items
 *   <li>{@code unknown_items}: number of candidates and exclusions that nobody has taken, and that were left out
 *   <li>{@code model}: text; {@code model_version}: number of updates; {@code shard}: integer
 *   <li>{@code newest_label_time}: of the newest event that was learned from, as {@code request_time}; {@code null} before the first
 * </ul>
 *
 * <p>Members may be added in later releases, so readers skip what they do not know.
 */
public final class RecommendationJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private RecommendationJson() {}

    public static byte[] write(Recommendation answer) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                write(answer, json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
    }

    private static void write(Recommendation answer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("request", answer.request().toString());
        json.writeStringField("request_time", time(answer.time()));
        json.writeStringField("user", answer.user());
        json.writeArrayFieldStart("items");
        for (Recommendation.Item item : answer.items()) {
            json.writeStartObject();
            json.writeStringField("item", item.id());
            json.writeFieldName("score");
            if (Float.isFinite(item.score())) {
                json.writeNumber(item.score());
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField(
                "source",
                switch (answer.source()) {
                    case MODEL -> "model";
                    case POPULARITY -> "popularity";
                });
        json.writeNumberField("unknown_items", answer.unknownItems());
        json.writeStringField("model", answer.model());
        json.writeNumberField("model_version", answer.modelVersion());
        json.writeFieldName("newest_label_time");
        if (answer.newestLabelTime() == Long.MIN_VALUE) {
            json.writeNull();
        } else {
            json.writeString(time(answer.newestLabelTime()));
        }
        json.writeNumberField("shard", answer.shard());
        json.writeEndObject();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
