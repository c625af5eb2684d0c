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
     * @param answers whether requests are answered
     * @param alerts reads what concerns them
     */
    static Output read(Section file, @Nullable String pipeline, Topics topics, boolean answers, AlertsReader alerts) {
        String name = pipeline == null ? "" : pipeline;
        Place place = file.optional("output");
        try (Section section = place == null
                ? null
                : place.section(
                        "write predictions, metrics, recommendations, alerts, dead-letters or delivery below it")) {
            Place choice = section == null ? null : section.optional("delivery");
            Delivery delivery = choice == null ? null : choice.choice(DELIVERIES);
            Place nearest = place == null ? file.place() : place;
            return new Output(
                    topic(section, "predictions", Defaults.predictionsTopic(name), topics, nearest),
                    topic(section, "metrics", Defaults.metricsTopic(name), topics, nearest),
                    topic(section, "dead-letters", Defaults.deadLettersTopic(name), topics, nearest),
                    answers
                            ? topic(section, "recommendations", Defaults.recommendationsTopic(name), topics, nearest)
                            : noRecommendations(section),
                    section == null ? null : alerts.read(section.optional("alerts"), topics),
                    delivery == null ? Defaults.DELIVERY : delivery);
        }
    }

    private static @Nullable String noRecommendations(@Nullable Section output) {
        if (output != null) {
            output.refuse(
                    "recommendations",
                    "makes sense where requests are answered only",
                    "state ranking.requests, the topic that they come by, or remove it");
        }
        return null;
    }

    /** @param nearest what an error points at where the file states no topic */
    private static String topic(@Nullable Section output, String key, String fallback, Topics topics, Place nearest) {
        Place place = output == null ? null : output.optional(key);
        if (place == null) {
            topics.add(fallback, "output." + key + ".topic", nearest);
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
