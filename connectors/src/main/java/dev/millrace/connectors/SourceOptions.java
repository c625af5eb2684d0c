package dev.millrace.connectors;

import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.events.RecordLayout;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is read from where.
 *
 * @param groupId consumer group whose committed offsets a new job starts from; a restored one has its own
 * @param layout of the records; null for requests, which have their own
 * @param bounded whether to stop at the end that the topic has when the job starts
 */
public record SourceOptions(
        KafkaConnection kafka,
        String topic,
        String groupId,
        StartingOffsets start,
        boolean bounded,
        @Nullable RecordLayout layout,
        RecordLimits limits)
        implements Serializable {

    /** Where a job begins that is not restored from a checkpoint. */
    public enum StartingOffsets {
        /** Where the group has committed, at the beginning of partitions where it has not. */
        COMMITTED_OR_EARLIEST,
        EARLIEST,
        LATEST
    }
}
