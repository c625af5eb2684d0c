package dev.millrace.connectors;

import java.util.Map;

/**
 * A topic to be made.
 *
 * @param configs topic-level settings of Kafka, such as {@code retention.ms}
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic '" + name + "' must have at least 1 partition, got " + partitions);
        }
        configs = Map.copyOf(configs);
    }

    public TopicSpec(String name, int partitions) {
        this(name, partitions, Map.of());
    }
}
