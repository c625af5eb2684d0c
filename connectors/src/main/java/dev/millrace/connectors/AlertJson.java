package dev.millrace.connectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.millrace.events.Alert;
import dev.millrace.events.EventId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a JSON object.
 *
 * <ul>
 *   <li>{@code day}: ISO 8601 date on the clock of the pipeline's zone
 *   <li>{@code kind}: {@code daily} or {@code immediate}; {@code rank}: from 1 on, of a daily one only
 *   <li>{@code reporting_id}: text, what is alerted; absent if the event names none
 *   <li>{@code id}: text; {@code event_time}: ISO 8601 in UTC, to the millisecond: the event with the score
 *   <li>{@code score}: number, the probability of the positive class
 *   <li>{@code model}: text; {@code model_version}: number of updates; {@code shard}: integer
 *   <li>{@code alert_time}: as {@code event_time}; of a daily one the last millisecond of its day
 *   <li>{@code reasons}: greatest first, each with {@code feature}, {@code contribution} in log-odds (integrated gradients, from
 *       the mean), {@code input}, that of the feature's inputs which contributed most, and its {@code value} before it is
 *       standardised, {@code null} if missing
 * </ul>
 *
 * <p>Members may be added in later releases, so readers skip what they do not know.
 */
public final class AlertJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private static final String DAILY = "daily";
    private static final String IMMEDIATE = "immediate";

    private AlertJson() {}

    public static byte[] write(Alert alert) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                write(alert, json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
    }

    private static void write(Alert alert, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("day", alert.day().toString());
        switch (alert.kind()) {
            case DAILY -> {
                json.writeStringField("kind", DAILY);
                json.writeNumberField("rank", alert.place());
            }
            case IMMEDIATE -> json.writeStringField("kind", IMMEDIATE);
        }
        if (!alert.reportingId().isEmpty()) {
            json.writeStringField("reporting_id", alert.reportingId());
        }
        json.writeStringField("id", alert.id().toString());
        json.writeStringField("event_time", time(alert.eventTime()));
        json.writeFieldName("score");
        writeNumber(json, alert.score());
        json.writeStringField("model", alert.model());
        json.writeNumberField("model_version", alert.modelVersion());
        json.writeNumberField("shard", alert.shard());
        json.writeStringField("alert_time", time(alert.time()));
        json.writeArrayFieldStart("reasons");
        for (Alert.Reason reason : alert.reasons()) {
            json.writeStartObject();
            json.writeStringField("feature", reason.feature());
            json.writeFieldName("contribution");
            writeNumber(json, reason.contribution());
            json.writeStringField("input", reason.input());
            json.writeFieldName("value");
            writeNumber(json, reason.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeNumber(JsonGenerator json, float number) throws IOException {
        if (Float.isFinite(number)) {
            json.writeNumber(number);
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
     * @throws IOException if the bytes are no alert; its message says why
     */
    public static Alert read(byte[] bytes) throws IOException {
        Draft draft = new Draft();
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("an alert must be a JSON object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                draft.read(name, json);
            }
        } catch (DateTimeException e) {
            throw new IOException("a day or time of the alert is not ISO 8601: " + e.getMessage(), e);
        }
        return draft.alert();
    }

    /** The members read so far. */
    private static final class Draft {
        private String model = "";
        private Alert.@Nullable Kind kind;
        private @Nullable LocalDate day;
        private long time = Long.MIN_VALUE;
        private int place;
        private String reportingId = "";
        private String id = "";
        private long eventTime = Long.MIN_VALUE;
        private int shard;
        private float score = Float.NaN;
        private long modelVersion;
        private List<Alert.Reason> reasons = List.of();

        void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "day" -> day = LocalDate.parse(json.getText());
                case "kind" -> kind = kind(json.getText());
                case "rank" -> place = json.getIntValue();
                case "reporting_id" -> reportingId = json.getText();
                case "id" -> id = json.getText();
                case "event_time" -> eventTime = Instant.parse(json.getText()).toEpochMilli();
                case "score" -> score = number(json);
                case "model" -> model = json.getText();
                case "model_version" -> modelVersion = json.getLongValue();
                case "shard" -> shard = json.getIntValue();
                case "alert_time" -> time = Instant.parse(json.getText()).toEpochMilli();
                case "reasons" -> reasons = reasons(json);
                default -> json.skipChildren();
            }
        }

        private static Alert.Kind kind(String text) throws IOException {
            return switch (text) {
                case DAILY -> Alert.Kind.DAILY;
                case IMMEDIATE -> Alert.Kind.IMMEDIATE;
                default -> throw new IOException("the kind of an alert must be daily or immediate, got " + text);
            };
        }

        private static List<Alert.Reason> reasons(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new IOException("the reasons of an alert must be an array");
            }
            List<Alert.Reason> reasons = new ArrayList<>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                reasons.add(reason(json));
            }
            return reasons;
        }

        private static Alert.Reason reason(JsonParser json) throws IOException {
            String feature = "";
            float contribution = 0;
            String input = "";
            float value = Float.NaN;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "feature" -> feature = json.getText();
                    case "contribution" -> contribution = number(json);
                    case "input" -> input = json.getText();
                    case "value" -> value = number(json);
                    default -> json.skipChildren();
                }
            }
            return new Alert.Reason(feature, contribution, input, value);
        }

        private static float number(JsonParser json) throws IOException {
            return json.currentToken() == JsonToken.VALUE_NULL ? Float.NaN : json.getFloatValue();
        }

        Alert alert() throws IOException {
            if (id.isEmpty() || day == null || kind == null || eventTime == Long.MIN_VALUE || time == Long.MIN_VALUE) {
                throw new IOException("an alert must have day, kind, id, event_time and alert_time");
            }
            return new Alert(
                    model,
                    kind,
                    day,
                    time,
                    place,
                    reportingId,
                    EventId.of(id),
                    eventTime,
                    shard,
                    score,
                    modelVersion,
                    reasons);
        }
    }
}
