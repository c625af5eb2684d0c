package dev.millrace.pipeline;

import dev.millrace.events.LabelLayout;
import dev.millrace.networks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
    record Draft(@Nullable LabelSource source, @Nullable String insideField, List<Topics.Stated> topics) {

        /** Of a file without a label, which was reported. */
        static Draft unknown() {
            return new Draft(null, null, List.of());
        }

        /** Of a ranking, whose events need none. */
        static Draft taken() {
            return new Draft(new LabelSource.Taken(), null, List.of());
        }

        /** Of a label inside the event; null otherwise. */
        @Nullable
        LabelLayout insideLayout() {
            return source == null || source instanceof LabelSource.Streams ? null : source.label();
        }
    }

    /** @param task null where it is missing or wrong */
    static Draft read(Place place, EventsReader.Draft events, @Nullable Task task) {
        try (Section section = place.section("write topic, streams or field below it")) {
            if (section == null) {
                return Draft.unknown();
            }
            Place topic = section.optional("topic");
            Place streams = section.optional("streams");
            Place field = section.optional("field");
            long stated =
                    Stream.of(topic, streams, field).filter(Objects::nonNull).count();
            if (stated != 1) {
                place.problems()
                        .addWithoutValue(
                                place,
                                stated == 0
                                        ? "must have a topic, streams or a field"
                                        : "must have only one of topic, streams and field",
                                "write topic for labels that come on their own, streams for several such topics, field"
                                        + " for labels inside the event");
                section.ignoreRest();
                return Draft.unknown();
            }
            if (field != null) {
                return readField(section, field, events, task);
            }
            return topic != null
                    ? readTopic(section, topic, events, task)
                    : readStreams(section, Objects.requireNonNull(streams), events, task);
        }
    }

    private static Draft readTopic(Section section, Place topicPlace, EventsReader.Draft events, @Nullable Task task) {
        LabelClasses classes = LabelClasses.read(section, task);
        LabelStreamReader.Draft stream = LabelStreamReader.read(section, "", classes, events, task);
        return ownTopics(section, topicPlace, List.of(stream), events, task);
    }

    private static Draft readStreams(
            Section section, Place streamsPlace, EventsReader.Draft events, @Nullable Task task) {
        for (String key : LabelStreamReader.KEYS) {
            section.refuse(key, "makes no sense beside streams", "state it of each stream");
        }
        LabelClasses classes = LabelClasses.read(section, task);
        return ownTopics(
                section, streamsPlace, LabelStreamReader.readNamed(streamsPlace, classes, events, task), events, task);
    }

    /** @param stated what says that labels have topics of their own */
    private static Draft ownTopics(
            Section section,
            Place stated,
            List<LabelStreamReader.Draft> drafts,
            EventsReader.Draft events,
            @Nullable Task task) {
        section.refuse(
                "delay",
                "makes no sense for a label with a topic of its own",
                "remove it: the label's time says how late it came");
        if (!events.idStated()) {
            section.place()
                    .problems()
                    .addWithoutValue(
                            stated,
                            "needs events that have an id of their own",
                            "state events.id, the field that the labels refer to");
        }
        LabelTiming timing = LabelTiming.read(section, null, task);
        List<Topics.Stated> topics = new ArrayList<>();
        List<LabelStream> streams = new ArrayList<>();
        for (LabelStreamReader.Draft draft : drafts) {
            if (draft.topic() != null) {
                topics.add(draft.topic());
            }
            if (draft.stream() != null) {
                streams.add(draft.stream());
            }
        }
        boolean complete = !drafts.isEmpty() && streams.size() == drafts.size();
        return new Draft(
                complete && timing != null
                        ? new LabelSource.Streams(streams, timing.waitTime(), timing.keepTime(), timing.missing())
                        : null,
                null,
                topics);
    }

    private static Draft readField(Section section, Place fieldPlace, EventsReader.Draft events, @Nullable Task task) {
        String why = "makes no sense for a label inside the event";
        for (String key : LabelStreamReader.KEYS) {
            section.refuse(key, why, "remove it; field and events say all of that");
        }
        String name = fieldPlace.scalar();
        LabelClasses classes = LabelClasses.read(section, task);
        LabelLayout read = classes == null ? null : classes.field(fieldPlace, events.id(), events.fields());
        LabelLayout label = task == null ? null : read;
        Place delayPlace = section.optional("delay");
        if (delayPlace == null) {
            for (String key : new String[] {"wait", "keep", "missing"}) {
                section.refuse(
                        key,
                        "makes no sense for a label that is known with its event",
                        "remove it, or state the delay after which labels really come");
            }
            return new Draft(label == null ? null : new LabelSource.Inside(label), name, List.of());
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
                List.of());
    }
}
