package dev.millrace.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code kafka}: properties of Kafka's clients, by Kafka's own names but for the servers. */
final class KafkaReader {

    private static final String SERVERS_PROPERTY = "bootstrap.servers";

    /** What the job sets itself: another value would lose or repeat records. */
    private static final Set<String> RESERVED = Set.of(
            "auto.offset.reset",
            "enable.auto.commit",
            "enable.idempotence",
            "key.deserializer",
            "key.serializer",
            "transactional.id",
            "value.deserializer",
            "value.serializer");

    private KafkaReader() {}

    /** By Kafka's own names. */
    static Map<String, String> read(@Nullable Place place) {
        Map<String, String> properties = new HashMap<>();
        properties.put(SERVERS_PROPERTY, Defaults.BOOTSTRAP_SERVERS);
        if (place == null) {
            return properties;
        }
        try (Section section = place.section("write bootstrap-servers: \"host:9092\"")) {
            if (section == null) {
                return properties;
            }
            Place servers = section.optional("bootstrap-servers");
            if (servers != null) {
                String text = servers.text("write host:port, several separated by commas");
                properties.put(SERVERS_PROPERTY, text == null ? Defaults.BOOTSTRAP_SERVERS : text);
            }
            section.refuse(SERVERS_PROPERTY, "has another name here", "write it as bootstrap-servers");
            for (String reserved : RESERVED) {
                section.refuse(reserved, "is set by the pipeline itself", "remove it");
            }
            section.all().forEach((key, value) -> {
                if (!key.equals("bootstrap-servers")) {
                    addProperty(properties, key, value);
                }
            });
        }
        return properties;
    }

    private static void addProperty(Map<String, String> properties, String key, Place value) {
        String text = value.scalar();
        if (text == null) {
            value.problem("must be a text or a number", "write one value, as Kafka's documentation states it");
        } else if (!key.equals(SERVERS_PROPERTY)) {
            properties.put(key, text);
        }
    }
}
