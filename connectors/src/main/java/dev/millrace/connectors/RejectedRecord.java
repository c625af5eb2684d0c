package dev.millrace.connectors;

import dev.millrace.connectors.format.RejectReason;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be used, with all that is needed to find and repair it.
 *
 * @param detail names the field, the rule and the value, shortened
 * @param timestamp of the Kafka record, milliseconds since the epoch; negative if it has none
 * @param key the bytes of the key, untouched, cut to {@link #LONGEST_KEY}; null if the record has none
 * @param value the bytes of the value, untouched, cut to the limit of the consumer; null if the record has none
 * @param originalBytes length of the value before it was cut
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes, that nobody changes; equality is by their content, below
public record RejectedRecord(
        RejectReason reason,
        String detail,
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        int originalBytes) {

    /** Bytes; what is beyond cannot be a key anybody looks up. */
    static final int LONGEST_KEY = 16 << 10;

    static RejectedRecord of(
            ConsumerRecord<byte[], byte[]> record, RejectReason reason, String detail, int longestValue) {
        byte[] value = record.value();
        return new RejectedRecord(
                reason,
                detail,
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                cut(record.key(), LONGEST_KEY),
                cut(value, longestValue),
                value == null ? 0 : value.length);
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int longest) {
        return bytes == null || bytes.length <= longest ? bytes : Arrays.copyOf(bytes, longest);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof RejectedRecord other
                && reason == other.reason
                && detail.equals(other.detail)
                && topic.equals(other.topic)
                && partition == other.partition
                && offset == other.offset
                && timestamp == other.timestamp
                && Arrays.equals(key, other.key)
                && Arrays.equals(value, other.value)
                && originalBytes == other.originalBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset);
    }

    @Override
    public String toString() {
        return "record " + offset + " of " + topic + "-" + partition + ", " + reason.code() + ": " + detail;
    }
}
