package dev.millrace.pipeline;

import dev.millrace.events.LabelLayout;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.networks.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code label}. */
final class LabelReader {

    private LabelReader() {}

    /**
     * What the other sections need of the label.
     *
     * @param source null where it is missing or wrong
     * @param insideField the field of the event that holds it, even where something else about it is wrong
     */
    record Draft(@Nullable LabelSource source, @Nullable String insideField, Topics.@Nullable Stated topic) {

        /** Of a file without a label, which was reported. */
        static Draft unknown() {
            return new Draft(null, null, null);
        }

        /** Of a label inside the event; null otherwise. */
        @Nullable
        LabelLayout insideLayout() {
            return source == null || source instanceof LabelSource.Topic ? null : source.label();
        }
    }

    /** @param task null where it is missing or wrong */
    static Draft read(Place place, EventsReader.Draft events, @Nullable Task task) {
        try (Section section = place.section("write topic or field below it")) {
            if (section == null) {
                return Draft.unknown();
            }
            Place topic = section.optional("topic");
            Place field = section.optional("field");
            if ((topic == null) == (field == null)) {
                place.problems()
                        .addWithoutValue(
                                place,
                                topic == null ? "must have a topic or a field" : "must not have both topic and field",
                                "write topic for labels that come on their own, field for labels inside the event");
                section.ignoreRest();
                return Draft.unknown();
            }
            return topic != null ? readTopic(section, topic, events, task) : readField(section, field, events, task);
        }
    }

    private static Draft readTopic(Section section, Place topicPlace, EventsReader.Draft events, @Nullable Task task) {
        Topics.Stated topic = Topics.read(topicPlace);
        String why = "makes no sense for a label with a topic of its own";
        section.refuse("delay", why, "remove it: the label's time says how late it came");
        RecordFormat format = FieldsReader.readFormat(section.optional("format"));
        Fields fields = FieldsReader.read(
                section.required("fields", "declare what is read of a label, e.g. {id: string, is_fraud: number}"),
                format);
        Place idPlace = section.required("id", "name the field that holds the id of the labelled event");
        Place timePlace = section.optional("time");
        Place valuePlace = section.required("value", "name the field that holds the label");
        String id = idPlace == null ? null : fields.name(idPlace, EventsReader.ID_TYPES);
        String time = timePlace == null ? null : fields.name(timePlace, EventsReader.TIME_TYPES);
        LabelLayout label = valuePlace == null
                ? LabelClasses.read(section, null, null, fields, task)
                : LabelClasses.read(section, valuePlace, id, fields, task);
        if (!events.idStated()) {
            section.place()
                    .problems()
                    .addWithoutValue(
                            topicPlace,
                            "needs events that have an id of their own",
                            "state events.id, the field that the labels refer to");
        }
        LabelTiming timing = LabelTiming.read(section, null, task);
        if (topic == null || id == null || label == null || timing == null) {
            return new Draft(null, null, topic);
        }
        RecordLayout layout = new RecordLayout(format, fields.layouts(), id, time, label, events.maxAhead());
        return new Draft(
                new LabelSource.Topic(
                        topic.topic(), layout, label, timing.waitTime(), timing.keepTime(), timing.missing()),
                null,
                topic);
    }

    private static Draft readField(
            Section section, @Nullable Place fieldPlace, EventsReader.Draft events, @Nullable Task task) {
        String why = "makes no sense for a label inside the event";
        for (String key : new String[] {"format", "fields", "id", "time", "value"}) {
            section.refuse(key, why, "remove it; field and events say all of that");
        }
        String name = fieldPlace == null ? null : fieldPlace.scalar();
        LabelLayout label = LabelClasses.read(section, fieldPlace, events.id(), events.fields(), task);
        Place delayPlace = section.optional("delay");
        if (delayPlace == null) {
            for (String key : new String[] {"wait", "keep", "missing"}) {
                section.refuse(
                        key,
                        "makes no sense for a label that is known with its event",
                        "remove it, or state the delay after which labels really come");
            }
            return new Draft(label == null ? null : new LabelSource.Inside(label), name, null);
        }
        String remedy = "set it to how late labels really come, e.g. 7d, or remove it";
        Duration delay = delayPlace.duration(remedy);
        if (delay != null && delay.isZero()) {
            delayPlace.problem("must be above 0", remedy);
            delay = null;
        }
        LabelTiming timing = LabelTiming.read(section, delay, task);
        return new Draft(
                label == null || delay == null || timing == null
                        ? null
                        : new LabelSource.Delayed(label, delay, timing.waitTime(), timing.keepTime(), timing.missing()),
                name,
                null);
    }
}
