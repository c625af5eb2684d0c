package dev.millrace.events;

import java.io.Serializable;
import java.time.ZoneId;

/** How a record writes an instant. */
public sealed interface TimestampFormat extends Serializable {

    /** ISO 8601: {@code T} or a space between date and time, any fraction of a second, UTC where no zone is written. */
    record Iso() implements TimestampFormat {}

    /** A count since the epoch, as a number or as its text; what is finer than a millisecond is cut off. */
    record Epoch(Unit unit) implements TimestampFormat {}

    /** A pattern of {@link java.time.format.DateTimeFormatter}; {@code zone} holds where the text names none. */
    record Pattern(String pattern, ZoneId zone) implements TimestampFormat {}

    /** Unit of an {@link Epoch} count. */
    enum Unit {
        SECONDS,
        MILLIS,
        MICROS,
        NANOS
    }
}
