package dev.millrace.connectors;

import dev.millrace.events.Ordered;

/**
 * What a source makes of one Kafka record.
 *
 * @param <T> event, label or request
 */
public sealed interface Ingested<T extends Ordered> {

    /** A record that fits its layout. */
    record Parsed<T extends Ordered>(T value) implements Ingested<T> {

        /** Event time of an event, time of a label; milliseconds since the epoch. */
        public long time() {
            return value.streamTime();
        }
    }

    /** A record for the dead letters. */
    record Rejected<T extends Ordered>(RejectedRecord record) implements Ingested<T> {}
}
