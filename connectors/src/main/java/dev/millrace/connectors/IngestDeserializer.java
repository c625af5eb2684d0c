package dev.millrace.connectors;

import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.connectors.format.RecordOrigin;
import dev.millrace.connectors.format.RecordParser;
import dev.millrace.connectors.format.RecordRejectedException;
import dev.millrace.connectors.format.RejectReason;
import dev.millrace.connectors.format.RequestParser;
import dev.millrace.connectors.format.RowNumber;
import dev.millrace.events.Event;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Ordered;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.RecordLayout;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Parses inside the source, where watermarks still know the partition. Whatever the bytes are, it does not fail. */
abstract class IngestDeserializer<T extends Ordered> implements KafkaRecordDeserializationSchema<Ingested<T>> {

    private static final long serialVersionUID = 1L;

    private final RecordLimits limits;
    /** Whether records may bring their number along, for want of an id. */
    private final boolean numbered;

    private IngestDeserializer(RecordLimits limits, boolean numbered) {
        this.limits = limits;
        this.numbered = numbered;
    }

    abstract T parse(byte @Nullable [] value, RecordOrigin origin) throws RecordRejectedException;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Ingested<T>> output) {
        output.collect(ingest(record));
    }

    Ingested<T> ingest(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Ingested.Parsed<>(parse(record.value(), originOf(record)));
        } catch (RecordRejectedException e) {
            return rejected(record, e.reason(), e.detail());
        } catch (RuntimeException e) {
            // One record that finds a fault in the parser must not stop all others, again and again.
            return rejected(record, RejectReason.PARSER_FAILED, e.toString());
        }
    }

    private Ingested<T> rejected(ConsumerRecord<byte[], byte[]> record, RejectReason reason, String detail) {
        return new Ingested.Rejected<>(RejectedRecord.of(record, reason, detail, limits.recordBytes()));
    }

    private RecordOrigin originOf(ConsumerRecord<byte[], byte[]> record) {
        Header row = numbered ? record.headers().lastHeader(RowNumber.HEADER) : null;
        return new RecordOrigin(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                row == null ? null : row.value());
    }

    /** Of a layout that the pipeline file declares. */
    private abstract static class OfLayout<T extends Ordered> extends IngestDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final RecordLayout layout;
        private final RecordLimits limits;
        private transient @Nullable RecordParser parser;

        private OfLayout(RecordLayout layout, RecordLimits limits) {
            super(limits, layout.idField() == null);
            this.layout = layout;
            this.limits = limits;
        }

        @Override
        public void open(InitializationContext context) {
            parser = RecordParser.of(layout, limits);
        }

        RecordParser parser() {
            return Objects.requireNonNull(parser, "open comes first");
        }
    }

    static final class OfEvents extends OfLayout<Event> {
        private static final long serialVersionUID = 1L;

        OfEvents(RecordLayout layout, RecordLimits limits) {
            super(layout, limits);
        }

        @Override
        Event parse(byte @Nullable [] value, RecordOrigin origin) throws RecordRejectedException {
            return parser().parseEvent(value, origin);
        }

        @Override
        public TypeInformation<Ingested<Event>> getProducedType() {
            return IngestedTypes.INGESTED_EVENT;
        }
    }

    static final class OfLabels extends OfLayout<LabelRecord> {
        private static final long serialVersionUID = 1L;

        OfLabels(RecordLayout layout, RecordLimits limits) {
            super(layout, limits);
        }

        @Override
        LabelRecord parse(byte @Nullable [] value, RecordOrigin origin) throws RecordRejectedException {
            return parser().parseLabel(value, origin);
        }

        @Override
        public TypeInformation<Ingested<LabelRecord>> getProducedType() {
            return IngestedTypes.INGESTED_LABEL;
        }
    }

    static final class OfRequests extends IngestDeserializer<RecommendationRequest> {
        private static final long serialVersionUID = 1L;

        private final RecordLimits limits;
        private transient @Nullable RequestParser parser;

        OfRequests(RecordLimits limits) {
            super(limits, false);
            this.limits = limits;
        }

        @Override
        public void open(InitializationContext context) {
            parser = new RequestParser(limits);
        }

        @Override
        RecommendationRequest parse(byte @Nullable [] value, RecordOrigin origin) throws RecordRejectedException {
            return Objects.requireNonNull(parser, "open comes first").parse(value, origin);
        }

        @Override
        public TypeInformation<Ingested<RecommendationRequest>> getProducedType() {
            return IngestedTypes.INGESTED_REQUEST;
        }
    }
}
