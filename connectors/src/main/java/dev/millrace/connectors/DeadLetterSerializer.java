package dev.millrace.connectors;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Raw bytes, with reason and coordinates in {@link DeadLetterHeaders}. */
final class DeadLetterSerializer extends TopicSerializer<RejectedRecord> {

    private static final long serialVersionUID = 1L;

    DeadLetterSerializer(String topic) {
        super(topic);
    }

    @Override
    ProducerRecord<byte[], byte[]> serialize(RejectedRecord record, String topic) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, record.key(), record.value());
        add(letter, DeadLetterHeaders.REASON, record.reason().code());
        add(letter, DeadLetterHeaders.DETAIL, record.detail());
        add(letter, DeadLetterHeaders.TOPIC, record.topic());
        add(letter, DeadLetterHeaders.PARTITION, Integer.toString(record.partition()));
        add(letter, DeadLetterHeaders.OFFSET, Long.toString(record.offset()));
        add(letter, DeadLetterHeaders.TIMESTAMP, Long.toString(record.timestamp()));
        add(letter, DeadLetterHeaders.ORIGINAL_BYTES, Integer.toString(record.originalBytes()));
        return letter;
    }

    private static void add(ProducerRecord<byte[], byte[]> letter, String header, String value) {
        letter.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
    }
}
