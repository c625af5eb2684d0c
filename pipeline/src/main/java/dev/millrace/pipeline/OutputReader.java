package dev.millrace.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code output}. */
final class OutputReader {

    private static final Map<String, Delivery> DELIVERIES = new LinkedHashMap<>();

    static {
        DELIVERIES.put("at-least-once", Delivery.AT_LEAST_ONCE);
        DELIVERIES.put("exactly-once", Delivery.EXACTLY_ONCE);
    }

    private OutputReader() {}

    /**
     * @param pipeline its name; null where it has none that is valid
     * @param topics those of the input
     */
    static Output read(@Nullable Place place, @Nullable String pipeline, Topics topics) {
        String name = pipeline == null ? "" : pipeline;
        String predictions = Defaults.predictionsTopic(name);
        String metrics = Defaults.metricsTopic(name);
        String deadLetters = Defaults.deadLettersTopic(name);
        Delivery delivery = Defaults.DELIVERY;
        if (place == null) {
            return new Output(predictions, metrics, deadLetters, delivery);
        }
        try (Section section = place.section("write predictions, metrics, dead-letters or delivery below it")) {
            if (section != null) {
                predictions = topic(section, "predictions", predictions, topics);
                metrics = topic(section, "metrics", metrics, topics);
                deadLetters = topic(section, "dead-letters", deadLetters, topics);
                Place choice = section.optional("delivery");
                Delivery chosen = choice == null ? null : choice.choice(DELIVERIES);
                delivery = chosen == null ? delivery : chosen;
            }
        }
        return new Output(predictions, metrics, deadLetters, delivery);
    }

    private static String topic(Section output, String key, String fallback, Topics topics) {
        Place place = output.optional(key);
        if (place == null) {
            topics.add(fallback, output.place().pathOf(key), output.place());
            return fallback;
        }
        try (Section section = place.section("write " + key + ": {topic: " + fallback + "}")) {
            Place topicPlace = section == null ? null : section.required("topic", "write the name of the topic");
            Topics.Stated stated = Topics.read(topicPlace);
            topics.add(stated);
            return stated == null ? fallback : stated.topic();
        }
    }
}
