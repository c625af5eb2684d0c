package dev.millrace.cli.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one topic from its beginning on, without a consumer group. Not thread-safe. */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL_WAIT = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    public TopicReader(String bootstrapServers, String topic) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Number of records in the topic now, for topics that are not compacted and written without transactions. */
    public long count() {
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(offset -> offset)
                .sum();
    }

    /** Hands over what has come since the last call. */
    public void readNew(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        consumer.poll(Duration.ZERO).forEach(sink);
    }

    /** Hands over every record that is in the topic now and was not handed over yet, partition by partition. */
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL_WAIT).forEach(sink);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
