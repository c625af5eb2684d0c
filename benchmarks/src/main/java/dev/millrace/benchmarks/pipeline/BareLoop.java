package dev.millrace.benchmarks.pipeline;

import dev.millrace.connectors.PredictionJson;
import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.connectors.format.RecordOrigin;
import dev.millrace.connectors.format.RecordParser;
import dev.millrace.connectors.format.RecordRejectedException;
import dev.millrace.events.Event;
import dev.millrace.events.Prediction;
import dev.millrace.events.RecordLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Consume, parse, write a prediction without a model, produce: the most that Kafka's clients and our formats allow. One
 * thread with a consumer and a producer for each share of the partitions; clients as the job sets them.
 */
final class BareLoop {

    private static final float SCORE = 0.03f;
    private static final String MODEL = "bare";

    private final String bootstrapServers;
    private final RecordLayout layout;
    private final String input;
    private final String output;

    BareLoop(String bootstrapServers, RecordLayout layout, String input, String output) {
        this.bootstrapServers = bootstrapServers;
        this.layout = layout;
        this.input = input;
        this.output = output;
    }

    /** From the beginning of the topic to its end. */
    void run(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads, loop -> new Thread(loop, ThreadTimes.BARE_LOOP));
        try {
            List<Future<?>> shares = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int share = i;
                shares.add(pool.submit(() -> {
                    loop(share, threads);
                    return null;
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void loop(int share, int shares) throws RecordRejectedException {
        RecordParser parser = RecordParser.of(layout, RecordLimits.DEFAULT);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(input).stream()
                    .filter(info -> info.partition() % shares == share)
                    .map(info -> new TopicPartition(input, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Event event = parser.parseEvent(record.value(), originOf(record));
                    producer.send(new ProducerRecord<>(
                            output,
                            event.id().toString().getBytes(StandardCharsets.UTF_8),
                            PredictionJson.write(new Prediction(
                                    MODEL, event.id(), event.time(), 0, new float[] {SCORE}, 0, Long.MIN_VALUE, ""))));
                }
            }
        }
    }

    private static RecordOrigin originOf(ConsumerRecord<byte[], byte[]> record) {
        return new RecordOrigin(record.topic(), record.partition(), record.offset(), record.timestamp(), null);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
