package dev.millrace.connectors.format;

import dev.millrace.events.EventId;
import org.jspecify.annotations.Nullable;

/**
 * Where a record was read: what stands for its id and time where it names none itself.
 *
 * @param timestamp of the Kafka record, milliseconds since the epoch; negative if it has none
 * @param rowNumber value of the header {@link RowNumber#HEADER}; null without that header
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes as Kafka gives them; nobody compares origins
public record RecordOrigin(String topic, int partition, long offset, long timestamp, byte @Nullable [] rowNumber) {

    /** The row number if the record has one, else {@code topic-partition-offset}. */
    EventId id() throws RecordRejectedException {
        return rowNumber == null
                ? EventId.of(topic + "-" + partition + "-" + offset)
                : EventId.of(RowNumber.decode(rowNumber));
    }

    /** The timestamp, if the record has one that can be a time. */
    long time() throws RecordRejectedException {
        if (timestamp < 0) {
            throw new RecordRejectedException(
                    RejectReason.MISSING_TIME, "no time field is declared and the Kafka record has no timestamp");
        }
        if (timestamp > InstantReader.FARTHEST) {
            throw new RecordRejectedException(
                    RejectReason.UNREADABLE_TIME,
                    "the timestamp of the Kafka record, " + timestamp + ", lies beyond all calendars");
        }
        return timestamp;
    }
}
