package dev.millrace.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The topics of a pipeline: each serves one purpose. */
final class Topics {

    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private final Map<String, String> pathByTopic = new LinkedHashMap<>();

    /** A topic and where the file states it. */
    record Stated(String topic, Place place) {}

    /** Null, and a problem, where {@code place} holds no name that Kafka allows. */
    static @Nullable Stated read(@Nullable Place place) {
        String topic = place == null
                ? null
                : place.text(
                        NAME,
                        "must be the name of a Kafka topic: 1 to 249 letters, digits, '.', '_' or '-'",
                        "write the name of the topic, e.g. transactions");
        return topic == null || place == null ? null : new Stated(topic, place);
    }

    void add(@Nullable Stated stated) {
        if (stated != null) {
            add(stated.topic(), stated.place().path(), stated.place());
        }
    }

    /**
     * @param path of the key that holds it, or would
     * @param place where the file states it, or else the nearest place to it
     */
    void add(String topic, String path, Place place) {
        String other = pathByTopic.putIfAbsent(topic, path);
        if (other != null) {
            place.problems()
                    .add(new Problem(
                            path,
                            place.line(),
                            topic,
                            "must be another topic than " + other,
                            "give each its own topic"));
        }
    }
}
