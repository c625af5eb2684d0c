package dev.millrace.connectors.format;

import dev.millrace.events.Event;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one topic, in one pass and without a tree in between.
 *
 * <p>What holds for every format:
 * <ul>
 *   <li>A missing value (absent, null, an empty CSV cell) is NaN or null in the event. A missing id or time is a
 *       rejection; a missing label is {@link Event#NO_LABEL} in an event and a rejection in a label topic.
 *   <li>Numbers are finite and fit a float. The sign of a zero is dropped.
 *   <li>An id is an integer or a text of at most {@link RecordLimits#ID_LENGTH} UTF-16 code units. Without an id field
 *       it is the row number or the position of the record, see {@link RecordOrigin}.
 *   <li>Without a time field the timestamp of the Kafka record is the time. A time field may lie beyond that timestamp
 *       by at most the layout's {@code maxAhead}.
 *   <li>A declared field that is written twice is a rejection; fields that are not declared are skipped.
 *   <li>Nothing but white space may follow the record.
 * </ul>
 *
 * <p>Reuses its buffers: one instance per thread.
 */
public abstract sealed class RecordParser permits JsonRecordParser, CsvRecordParser {

    private final RecordDraft draft;

    RecordParser(RecordDraft draft) {
        this.draft = draft;
    }

    /**
     * A parser of records of that layout.
     *
     * @throws IllegalArgumentException if the layout contradicts itself
     */
    public static RecordParser of(RecordLayout layout, RecordLimits limits) {
        RecordDraft draft = new RecordDraft(layout, limits);
        if (layout.format() instanceof RecordFormat.Csv csv) {
            return new CsvRecordParser(draft, csv.columns());
        }
        return new JsonRecordParser(draft);
    }

    /**
     * Reads a record of an event topic.
     *
     * @param value null is rejected as empty
     */
    public final Event parseEvent(byte @Nullable [] value, RecordOrigin origin) throws RecordRejectedException {
        parse(value);
        return draft.toEvent(origin);
    }

    /**
     * Reads a record of a label topic.
     *
     * @param value null is rejected as empty
     */
    public final LabelRecord parseLabel(byte @Nullable [] value, RecordOrigin origin) throws RecordRejectedException {
        parse(value);
        return draft.toLabel(origin);
    }

    private void parse(byte @Nullable [] value) throws RecordRejectedException {
        byte[] readable = draft.limits().requireReadable(value);
        draft.begin();
        read(readable);
    }

    /** Fills the draft; what it reads of a value must not outlive the call. */
    abstract void read(byte[] value) throws RecordRejectedException;
}
