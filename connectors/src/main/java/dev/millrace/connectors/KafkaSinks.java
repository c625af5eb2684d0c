package dev.millrace.connectors;

import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.events.Prediction;
import dev.millrace.events.Recommendation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The sinks of a job, all built here, so that delivery means the same for each.
 *
 * <p>Transactional ids come from a pool, which lists open transactions by topic after a failure: with exactly-once the
 * job needs the right to read and describe the topics it writes.
 *
 * <p>Records get the wall-clock time of their producer as Kafka timestamp. Event time is in the value: as timestamp it
 * would let brokers delete replayed history at once, and refuse what lies in the future.
 */
public final class KafkaSinks {

    /** Room for the headers and key of a dead letter beside a value of the largest size. */
    public static final int DEAD_LETTER_OVERHEAD_BYTES = 64 << 10;

    private final SinkOptions options;

    public KafkaSinks(SinkOptions options) {
        this.options = options;
    }

    /** One JSON object a prediction, see {@link PredictionJson}; the key is the id of the event. */
    public KafkaSink<Prediction> predictions(String topic) {
        return sink("predictions", new PredictionSerializer(topic), Map.of());
    }

    /** One JSON object an answer, see {@link RecommendationJson}; the key is the user. */
    public KafkaSink<Recommendation> recommendations(String topic) {
        return sink("recommendations", new RecommendationSerializer(topic), Map.of());
    }

    /**
     * One value a record, of bytes that a function gives; no key.
     *
     * @param name tells this sink from the others of the pipeline, and never changes: transactions are named by it
     */
    public <T> KafkaSink<T> values(String name, String topic, SerializableFunction<T, byte[]> value) {
        return sink(name, new ValueSerializer<>(topic, value), Map.of());
    }

    /** As {@link #values} for functions that give a text, written as UTF-8. */
    public <T> KafkaSink<T> texts(String name, String topic, SerializableFunction<T, String> text) {
        return values(name, topic, record -> text.apply(record).getBytes(StandardCharsets.UTF_8));
    }

    /** Raw bytes as value and key, everything else in headers, see {@link DeadLetterHeaders}. */
    public KafkaSink<RejectedRecord> deadLetters(String topic, RecordLimits limits) {
        return sink(
                "dead-letters",
                new DeadLetterSerializer(topic),
                Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(largestDeadLetter(limits))));
    }

    /** Bytes; the {@code max.message.bytes} of a dead-letter topic must not be below. */
    public static int largestDeadLetter(RecordLimits limits) {
        return Math.addExact(limits.recordBytes(), DEAD_LETTER_OVERHEAD_BYTES);
    }

    private <T> KafkaSink<T> sink(String name, TopicSerializer<T> serializer, Map<String, String> settings) {
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(options.kafka().properties(settings))
                .setRecordSerializer(serializer)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setTransactionalIdPrefix(options.pipeline() + "-" + name)
                .setProperty(
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Long.toString(options.transactionTimeout().toMillis()))
                .setDeliveryGuarantee(
                        switch (options.delivery()) {
                            case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
                            case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
                        })
                .build();
    }
}
