package dev.millrace.cli.evaluate;

import dev.millrace.cli.loader.RecordTimes;
import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.connectors.format.RecordOrigin;
import dev.millrace.connectors.format.RecordParser;
import dev.millrace.connectors.format.RecordRejectedException;
import dev.millrace.connectors.format.RowNumber;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.Ordered;
import dev.millrace.events.RecordLayout;
import dev.millrace.features.selection.Selector;
import dev.millrace.pipeline.EventStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Sees the records of a topic as the job's source will see them, while they are loaded. */
final class SourceRecords implements RecordTimes {

    /** What is read of a record beside its time. */
    @FunctionalInterface
    interface Reader<T extends Ordered> {
        T read(RecordParser parser, byte[] value, RecordOrigin origin) throws RecordRejectedException;
    }

    /** Is told of every label that a record carries, and of the record's time. */
    @FunctionalInterface
    interface LabelSink {
        void label(EventId id, long time, float label);
    }

    private final RecordLayout layout;
    private final String topic;
    private final InstantSource clock;
    private final RecordParser parser;
    private final Reader<? extends Ordered> reader;
    private final LongAdder skipped;
    private long accepted;
    private @Nullable String firstRejection;

    private SourceRecords(
            RecordLayout layout,
            String topic,
            InstantSource clock,
            Reader<? extends Ordered> reader,
            LongAdder skipped) {
        this.layout = layout;
        this.topic = topic;
        this.clock = clock;
        this.parser = RecordParser.of(layout, RecordLimits.DEFAULT);
        this.reader = reader;
        this.skipped = skipped;
    }

    /** Events that the stream does not select are counted, and their labels not told. */
    static SourceRecords ofEvents(EventStream stream, InstantSource clock, LabelSink labels) {
        LabelLayout label = stream.layout().label();
        Selector selector = stream.where() == null
                ? null
                : new Selector(stream.schema(), label == null ? null : label.field(), stream.where());
        LongAdder skipped = new LongAdder();
        return new SourceRecords(
                stream.layout(),
                stream.topic(),
                clock,
                (parser, value, origin) -> {
                    var event = parser.parseEvent(value, origin);
                    if (selector != null && !selector.selects(event)) {
                        skipped.increment();
                    } else if (event.hasLabel()) {
                        labels.label(event.id(), event.time(), event.label());
                    }
                    return event;
                },
                skipped);
    }

    static SourceRecords ofLabels(RecordLayout layout, String topic, InstantSource clock, LabelSink labels) {
        return new SourceRecords(
                layout,
                topic,
                clock,
                (parser, value, origin) -> {
                    var label = parser.parseLabel(value, origin);
                    labels.label(label.id(), label.time(), label.label());
                    return label;
                },
                new LongAdder());
    }

    @Override
    public OptionalLong timeOf(byte[] value, long row) {
        long timestamp = layout.timeField() == null ? row : clock.millis();
        RecordOrigin origin = new RecordOrigin(topic, 0, row, timestamp, RowNumber.encode(row));
        try {
            long time = reader.read(parser, value, origin).streamTime();
            accepted++;
            return OptionalLong.of(time);
        } catch (RecordRejectedException e) {
            if (firstRejection == null) {
                firstRejection = "row " + row + ": " + e.getMessage();
            }
            return OptionalLong.empty();
        }
    }

    /** Those that the pipeline is about. */
    long selected() {
        return accepted - skipped();
    }

    /** Events that the pipeline is not about. */
    long skipped() {
        return skipped.sum();
    }

    /** Why the first record that was rejected was; the row is counted from 0. */
    Optional<String> firstRejection() {
        return Optional.ofNullable(firstRejection);
    }
}
