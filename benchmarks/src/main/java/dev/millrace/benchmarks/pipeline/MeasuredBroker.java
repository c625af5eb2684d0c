package dev.millrace.benchmarks.pipeline;

import dev.millrace.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker between the contestants, and how fast predictions came in there. */
final class MeasuredBroker implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private final Admin admin =
            Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** A topic with the first {@code count} transactions, row by row over its partitions. */
    void load(String topic, long count, Contestant.Features features) {
        broker.createTopic(topic, PARTITIONS);
        Transactions transactions = new Transactions(features);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 << 10,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long row = 0; row < count; row++) {
                producer.send(new ProducerRecord<>(
                        topic, (int) (row % PARTITIONS), Transactions.timeOf(row), null, transactions.next()));
            }
        }
    }

    /** The topics that a run writes to: predictions and whatever is named after them. */
    void createOutputs(String run) {
        outputsOf(run).forEach(topic -> broker.createTopic(topic, 1));
    }

    void deleteOutputs(String run) throws InterruptedException, ExecutionException {
        admin.deleteTopics(outputsOf(run)).all().get();
    }

    private static List<String> outputsOf(String run) {
        return List.of(run, run + "-metrics", run + "-dead-letters");
    }

    /**
     * Predictions per second from the first to the last of a run, by the time at which the producer took each.
     *
     * @throws IllegalStateException if there is not exactly one for each event
     */
    double predictionsPerSecond(String run, long events) {
        TopicPartition partition = new TopicPartition(run, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long count = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            if (count != events) {
                throw new IllegalStateException(run + " has " + count + " predictions of " + events + " events");
            }
            long millis = timestamp(consumer, partition, count - 1) - timestamp(consumer, partition, 0);
            return 1000.0 * (count - 1) / millis;
        }
    }

    private static long timestamp(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
        List<ConsumerRecord<byte[], byte[]>> records =
                consumer.poll(LONGEST_POLL).records(partition);
        if (records.isEmpty() || records.get(0).offset() != offset) {
            throw new IllegalStateException("the broker did not return offset " + offset + " of " + partition);
        }
        return records.get(0).timestamp();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
