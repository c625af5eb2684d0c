package dev.millrace.events;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one topic: their format and what is read of them.
 *
 * @param fields every declared field, those of id, time and label included; anything else in a record is ignored
 * @param idField the field that identifies the event; null: the position of the record does
 * @param timeField the field of the time; null: the timestamp of the Kafka record is it
 * @param label the label inside the record; null if it has none
 * @param weightField the field of the row's weight in training, a number that is at least 0; null: none has one
 * @param maxAhead how far a time may lie beyond the timestamp of the Kafka record; null: any distance
 */
public record RecordLayout(
        RecordFormat format,
        List<FieldLayout> fields,
        @Nullable String idField,
        @Nullable String timeField,
        @Nullable LabelLayout label,
        @Nullable String weightField,
        @Nullable Duration maxAhead)
        implements Serializable {

    public RecordLayout {
        fields = List.copyOf(fields);
    }

    /** Records without a weight. */
    public RecordLayout(
            RecordFormat format,
            List<FieldLayout> fields,
            @Nullable String idField,
            @Nullable String timeField,
            @Nullable LabelLayout label,
            @Nullable Duration maxAhead) {
        this(format, fields, idField, timeField, label, null, maxAhead);
    }

    /** What an event keeps: every field but the label, which is never a feature. */
    public EventSchema schema() {
        return new EventSchema(fields.stream()
                .filter(field -> label == null || !field.name().equals(label.field()))
                .map(field -> new Field(field.name(), field.type()))
                .toList());
    }
}
