package dev.millrace.connectors;

import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The bytes that a function gives, without a key. */
final class ValueSerializer<T> extends TopicSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final SerializableFunction<T, byte[]> value;

    ValueSerializer(String topic, SerializableFunction<T, byte[]> value) {
        super(topic);
        this.value = value;
    }

    @Override
    ProducerRecord<byte[], byte[]> serialize(T record, String topic) {
        return new ProducerRecord<>(topic, value.apply(record));
    }
}
