package dev.millrace.pipeline;

import dev.millrace.events.FieldType;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.features.selection.Selection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code events}. */
final class EventsReader {

    static final Set<FieldType> ID_TYPES = EnumSet.of(FieldType.ID, FieldType.STRING);
    static final Set<FieldType> TIME_TYPES = EnumSet.of(FieldType.TIMESTAMP);

    private EventsReader() {}

    /** What is known of the events before their label is. Null stands for what is missing or wrong. */
    record Draft(
            Topics.@Nullable Stated topic,
            RecordFormat format,
            Fields fields,
            @Nullable String id,
            boolean idStated,
            @Nullable String time,
            Duration maxOutOfOrderness,
            @Nullable Duration maxAhead,
            @Nullable Place where) {

        /** Of a file without events, which was reported. */
        static Draft unknown() {
            return new Draft(
                    null,
                    Defaults.FORMAT,
                    Fields.unreadable(),
                    null,
                    true,
                    null,
                    Defaults.MAX_OUT_OF_ORDERNESS,
                    Defaults.MAX_AHEAD,
                    null);
        }

        /**
         * @param label inside the event; null: none is
         * @param weight field of the row's weight; null: none is
         * @param selection what {@code where} says; null: nothing
         */
        @Nullable
        EventStream stream(@Nullable LabelLayout label, @Nullable String weight, @Nullable Selection selection) {
            return topic == null
                    ? null
                    : new EventStream(
                            topic.topic(),
                            new RecordLayout(format, fields.layouts(), id, time, label, weight, maxAhead),
                            maxOutOfOrderness,
                            selection);
        }
    }

    static Draft read(Place place) {
        try (Section section = place.section("write topic and fields below it")) {
            if (section == null) {
                return Draft.unknown();
            }
            Topics.Stated topic = Topics.read(section.required("topic", "write the name of the Kafka topic"));
            RecordFormat format = FieldsReader.readFormat(section.optional("format"));
            Fields fields = FieldsReader.read(
                    section.required("fields", "declare what is read of a record, e.g. {amount: number}"), format);
            Place id = section.optional("id");
            Place time = section.optional("time");
            return new Draft(
                    topic,
                    format,
                    fields,
                    id == null ? null : fields.name(id, ID_TYPES),
                    id != null,
                    time == null ? null : fields.name(time, TIME_TYPES),
                    readMaxOutOfOrderness(section.optional("max-out-of-orderness")),
                    readMaxAhead(section.optional("max-ahead")),
                    section.optional("where"));
        }
    }

    private static Duration readMaxOutOfOrderness(@Nullable Place place) {
        Duration duration = place == null ? null : place.duration("set it to how late an event may come, e.g. 5s");
        return duration == null ? Defaults.MAX_OUT_OF_ORDERNESS : duration;
    }

    private static @Nullable Duration readMaxAhead(@Nullable Place place) {
        if (place == null) {
            return Defaults.MAX_AHEAD;
        }
        return place.is("off") ? null : place.duration("write off, or how far clocks may differ, e.g. 1d");
    }
}
