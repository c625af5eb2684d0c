package dev.millrace.connectors;

import dev.millrace.events.Event;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.RecordLayout;
import java.util.Map;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The sources of a job. Their parallelism must not exceed the partitions of their topic, see {@link
 * Topics#sourceParallelism}: a subtask without a partition would hold event time back for ever.
 */
public final class KafkaSources {

    private KafkaSources() {}

    /**
     * Reads the topic of events.
     *
     * @throws IllegalArgumentException if there is no layout
     */
    public static KafkaSource<Ingested<Event>> events(SourceOptions options) {
        return source(options, new IngestDeserializer.OfEvents(layout(options), options.limits()));
    }

    /**
     * Reads the topic of labels.
     *
     * @throws IllegalArgumentException if the layout declares no label
     */
    public static KafkaSource<Ingested<LabelRecord>> labels(SourceOptions options) {
        RecordLayout layout = layout(options);
        if (layout.label() == null) {
            throw new IllegalArgumentException(
                    "the layout of label topic '" + options.topic() + "' declares no label field");
        }
        return source(options, new IngestDeserializer.OfLabels(layout, options.limits()));
    }

    private static RecordLayout layout(SourceOptions options) {
        RecordLayout layout = options.layout();
        if (layout == null) {
            throw new IllegalArgumentException("the records of topic '" + options.topic() + "' have no layout");
        }
        return layout;
    }

    /** Reads the topic of requests. */
    public static KafkaSource<Ingested<RecommendationRequest>> requests(SourceOptions options) {
        return source(options, new IngestDeserializer.OfRequests(options.limits()));
    }

    private static <T> KafkaSource<T> source(SourceOptions options, KafkaRecordDeserializationSchema<T> deserializer) {
        KafkaSourceBuilder<T> builder = KafkaSource.<T>builder()
                .setProperties(options.kafka()
                        // What an aborted transaction wrote never happened.
                        .properties(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")))
                .setTopics(options.topic())
                .setGroupId(options.groupId())
                .setClientIdPrefix(options.groupId() + "-" + options.topic())
                .setStartingOffsets(startingOffsets(options.start()))
                .setDeserializer(deserializer);
        if (options.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    @SuppressWarnings("deprecation") // the connector's API takes this enum, whatever the client says of it
    private static OffsetsInitializer startingOffsets(SourceOptions.StartingOffsets start) {
        return switch (start) {
            case COMMITTED_OR_EARLIEST -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }
}
