package dev.millrace.pipeline;

import dev.millrace.events.LabelLayout;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.networks.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is stated of one topic of labels: below {@code label}, or below the name of a stream. */
final class LabelStreamReader {

    /** Beside the topic. */
    static final List<String> KEYS = List.of("format", "fields", "id", "time", "value");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private LabelStreamReader() {}

    /** Null stands for what is missing or wrong. */
    record Draft(@Nullable LabelStream stream, Topics.@Nullable Stated topic) {}

    /** A stream by each name. */
    static List<Draft> readNamed(
            Place place, @Nullable LabelClasses classes, EventsReader.Draft events, @Nullable Task task) {
        String remedy = "name the streams, e.g. {feedback: {topic: …}, chargebacks: {topic: …}}";
        List<Draft> drafts = new ArrayList<>();
        try (Section streams = place.section(remedy)) {
            if (streams == null) {
                return drafts;
            }
            Map<String, Place> named = streams.all();
            if (named.isEmpty()) {
                place.problems().addWithoutValue(place, "must not be empty", remedy);
            }
            named.forEach((name, stream) -> drafts.add(readNamed(name, stream, classes, events, task)));
        }
        return drafts;
    }

    private static Draft readNamed(
            String name, Place place, @Nullable LabelClasses classes, EventsReader.Draft events, @Nullable Task task) {
        if (!NAME.matcher(name).matches()) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "must have a name of 1 to 40 small letters, digits or '-', the first a letter or digit",
                            "choose a short one, e.g. chargebacks");
        }
        try (Section section = place.section("write topic, fields, id and value below it")) {
            return section == null ? new Draft(null, null) : read(section, name, classes, events, task);
        }
    }

    /**
     * @param name empty where the pipeline gives none
     * @param classes null where they are wrong, which was reported
     * @param task null where it is missing or wrong
     */
    static Draft read(
            Section section,
            String name,
            @Nullable LabelClasses classes,
            EventsReader.Draft events,
            @Nullable Task task) {
        Topics.Stated topic = Topics.read(section.required("topic", "write the name of the Kafka topic"));
        RecordFormat format = FieldsReader.readFormat(section.optional("format"));
        Fields fields = FieldsReader.read(
                section.required("fields", "declare what is read of a label, e.g. {id: string, is_fraud: number}"),
                format);
        Place idPlace = section.required("id", "name the field that holds the id of the labelled event");
        Place timePlace = section.optional("time");
        Place valuePlace = section.required("value", "name the field that holds the label");
        String id = idPlace == null ? null : fields.name(idPlace, EventsReader.ID_TYPES);
        String time = timePlace == null ? null : fields.name(timePlace, EventsReader.TIME_TYPES);
        LabelLayout label = classes == null || valuePlace == null ? null : classes.field(valuePlace, id, fields);
        if (topic == null || id == null || label == null || task == null) {
            return new Draft(null, topic);
        }
        RecordLayout layout = new RecordLayout(format, fields.layouts(), id, time, label, events.maxAhead());
        return new Draft(new LabelStream(name, topic.topic(), layout), topic);
    }
}
