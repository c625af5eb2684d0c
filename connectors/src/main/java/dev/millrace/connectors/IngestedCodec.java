package dev.millrace.connectors;

import dev.millrace.connectors.Ingested.Parsed;
import dev.millrace.connectors.Ingested.Rejected;
import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Ordered;
import dev.millrace.events.RecommendationRequest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A tag, then the record in its own layout, which evolves by itself.
 *
 * <p>Hardly ever at work: the split that takes records apart is chained to their source.
 */
abstract class IngestedCodec<T extends Ordered> implements Codec<Ingested<T>> {

    private static final long serialVersionUID = 1L;
    private static final int PARSED_TAG = 1;
    private static final int REJECTED_TAG = 2;
    private static final Codec<RejectedRecord> REJECTED = new RejectedRecordCodec();

    abstract Codec<T> values();

    @Override
    public void write(Ingested<T> ingested, DataOutput output) throws IOException {
        if (ingested instanceof Parsed<T> parsed) {
            output.writeByte(PARSED_TAG);
            values().write(parsed.value(), output);
        } else if (ingested instanceof Rejected<T> rejected) {
            output.writeByte(REJECTED_TAG);
            REJECTED.write(rejected.record(), output);
        }
    }

    @Override
    public Ingested<T> read(DataInput input) throws IOException {
        int tag = input.readUnsignedByte();
        return switch (tag) {
            case PARSED_TAG -> new Parsed<>(values().read(input));
            case REJECTED_TAG -> new Rejected<>(REJECTED.read(input));
            default ->
                throw new IOException(
                        "ingested record of kind " + tag + ": damaged bytes, or written by a newer release");
        };
    }

    static final class OfEvents extends IngestedCodec<Event> {
        private static final long serialVersionUID = 1L;

        @Override
        Codec<Event> values() {
            return Codecs.EVENT;
        }
    }

    static final class OfLabels extends IngestedCodec<LabelRecord> {
        private static final long serialVersionUID = 1L;
        private static final Codec<LabelRecord> LABELS = new LabelRecordCodec();

        @Override
        Codec<LabelRecord> values() {
            return LABELS;
        }
    }

    static final class OfRequests extends IngestedCodec<RecommendationRequest> {
        private static final long serialVersionUID = 1L;

        @Override
        Codec<RecommendationRequest> values() {
            return Codecs.RECOMMENDATION_REQUEST;
        }
    }
}
