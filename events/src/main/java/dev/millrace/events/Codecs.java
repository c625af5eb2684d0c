package dev.millrace.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The codecs of everything in this package. Layouts are in the order of the write calls; numbers as in {@link Wire}. */
public final class Codecs {

    public static final Codec<EventId> EVENT_ID = new EventIdCodec();
    public static final Codec<Event> EVENT = new EventCodec();
    public static final Codec<AggregatesInput> AGGREGATES_INPUT = new AggregatesInputCodec();
    public static final Codec<RouterInput> ROUTER_INPUT = new RouterInputCodec();
    public static final Codec<Example> EXAMPLE = new ExampleCodec();
    public static final Codec<ResolvedLabel> RESOLVED_LABEL = new ResolvedLabelCodec();
    public static final Codec<ShardInput> SHARD_INPUT = new ShardInputCodec();
    public static final Codec<Prediction> PREDICTION = new PredictionCodec();
    public static final Codec<ScoredLabel> SCORED_LABEL = new ScoredLabelCodec();
    public static final Codec<Alert> ALERT = new AlertCodec();
    public static final Codec<RecommendationRequest> RECOMMENDATION_REQUEST = new RecommendationRequestCodec();
    public static final Codec<Recommendation> RECOMMENDATION = new RecommendationCodec();

    private Codecs() {}

    private static final class EventIdCodec implements Codec<EventId> {
        private static final int VERSION = 1;

        @Override
        public void write(EventId id, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeId(output, id);
        }

        @Override
        public EventId read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "event id");
            return Wire.readId(input);
        }
    }

    private static final class EventCodec implements Codec<Event> {
        private static final int VERSION = 1;

        @Override
        public void write(Event event, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeId(output, event.id());
            Wire.writeSigned(output, event.time());
            output.writeFloat(event.label());
            Wire.writeUnsigned(output, event.numberCount());
            for (int slot = 0; slot < event.numberCount(); slot++) {
                output.writeLong(Double.doubleToLongBits(event.number(slot)));
            }
            Wire.writeUnsigned(output, event.textCount());
            for (int slot = 0; slot < event.textCount(); slot++) {
                Wire.writeNullableText(output, event.text(slot));
            }
        }

        @Override
        public Event read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "event");
            EventId id = Wire.readId(input);
            long time = Wire.readSigned(input);
            float label = input.readFloat();
            return new Event(id, time, label, Wire.readDoubles(input), Wire.readNullableTexts(input));
        }
    }

    private static final class AggregatesInputCodec implements Codec<AggregatesInput> {
        private static final int EVENT_TAG = 1;
        private static final int LABEL_TAG = 2;

        @Override
        public void write(AggregatesInput input, DataOutput output) throws IOException {
            if (input instanceof Event event) {
                output.writeByte(EVENT_TAG);
                EVENT.write(event, output);
            } else {
                output.writeByte(LABEL_TAG);
                RESOLVED_LABEL.write((ResolvedLabel) input, output);
            }
        }

        /** The tag stands before the version: each kind evolves by itself. */
        @Override
        public AggregatesInput read(DataInput input) throws IOException {
            int tag = input.readUnsignedByte();
            return switch (tag) {
                case EVENT_TAG -> EVENT.read(input);
                case LABEL_TAG -> RESOLVED_LABEL.read(input);
                default ->
                    throw new IOException(
                            "input of aggregates of kind " + tag + ": damaged bytes, or written by a newer release");
            };
        }
    }

    /** Version 1 knew no entities. */
    private static final class RouterInputCodec implements Codec<RouterInput> {
        private static final int VERSION = 2;
        private static final int EVENT_TAG = 1;
        private static final int LABEL_TAG = 2;

        @Override
        public void write(RouterInput input, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            if (input instanceof RoutedEvent event) {
                output.writeByte(EVENT_TAG);
                Wire.writeId(output, event.id());
                Wire.writeSigned(output, event.time());
                Wire.writeUnsigned(output, event.shard());
                output.writeFloat(event.recordedLabel());
                Wire.writeSigned(output, event.labelTime());
                Wire.writeEntities(output, event.entities());
            } else {
                LabelRecord label = (LabelRecord) input;
                output.writeByte(LABEL_TAG);
                Wire.writeId(output, label.id());
                Wire.writeSigned(output, label.time());
                output.writeFloat(label.label());
            }
        }

        @Override
        public RouterInput read(DataInput input) throws IOException {
            int version = Wire.readVersion(input, VERSION, "label router input");
            int tag = input.readUnsignedByte();
            EventId id = Wire.readId(input);
            long time = Wire.readSigned(input);
            return switch (tag) {
                case EVENT_TAG -> readEvent(id, time, version, input);
                case LABEL_TAG -> new LabelRecord(id, time, input.readFloat());
                default -> throw new IOException("label router input of kind " + tag + ": the bytes are damaged");
            };
        }

        private static RoutedEvent readEvent(EventId id, long time, int version, DataInput input) throws IOException {
            int shard = Wire.readCount(input);
            float recordedLabel = input.readFloat();
            long labelTime = Wire.readSigned(input);
            EntityIds entities = version < 2 ? EntityIds.NONE : Wire.readEntities(input);
            return new RoutedEvent(id, time, shard, entities, recordedLabel, labelTime);
        }
    }

    /** Version 1 knew no ids. */
    private static final class ExampleCodec implements Codec<Example> {
        private static final int VERSION = 2;

        @Override
        public void write(Example example, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeId(output, example.id());
            Wire.writeSigned(output, example.time());
            Wire.writeUnsigned(output, example.shard());
            output.writeFloat(example.label());
            output.writeFloat(example.weight());
            Wire.writeText(output, example.reportingId());
            Wire.writeFloats(output, example.dense());
            Wire.writeBags(output, example.ids());
        }

        @Override
        public Example read(DataInput input) throws IOException {
            int version = Wire.readVersion(input, VERSION, "example");
            return new Example(
                    Wire.readId(input),
                    Wire.readSigned(input),
                    Wire.readCount(input),
                    input.readFloat(),
                    input.readFloat(),
                    Wire.readText(input),
                    Wire.readFloats(input),
                    version < 2 ? Example.NO_IDS : Wire.readBags(input));
        }
    }

    /** Version 1 knew no entities. */
    private static final class ResolvedLabelCodec implements Codec<ResolvedLabel> {
        private static final int VERSION = 2;

        @Override
        public void write(ResolvedLabel label, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeId(output, label.id());
            Wire.writeSigned(output, label.eventTime());
            Wire.writeSigned(output, label.time());
            Wire.writeKind(output, label.kind());
            output.writeFloat(label.label());
            output.writeFloat(label.replaced());
            Wire.writeUnsigned(output, label.shard());
            Wire.writeEntities(output, label.entities());
        }

        @Override
        public ResolvedLabel read(DataInput input) throws IOException {
            int version = Wire.readVersion(input, VERSION, "resolved label");
            return new ResolvedLabel(
                    Wire.readId(input),
                    Wire.readSigned(input),
                    Wire.readSigned(input),
                    Wire.readKind(input),
                    input.readFloat(),
                    input.readFloat(),
                    Wire.readCount(input),
                    version < 2 ? EntityIds.NONE : Wire.readEntities(input));
        }
    }

    private static final class ShardInputCodec implements Codec<ShardInput> {
        private static final int EXAMPLE_TAG = 1;
        private static final int LABEL_TAG = 2;
        private static final int REQUEST_TAG = 3;

        @Override
        public void write(ShardInput input, DataOutput output) throws IOException {
            if (input instanceof Example example) {
                output.writeByte(EXAMPLE_TAG);
                EXAMPLE.write(example, output);
            } else if (input instanceof ResolvedLabel label) {
                output.writeByte(LABEL_TAG);
                RESOLVED_LABEL.write(label, output);
            } else {
                output.writeByte(REQUEST_TAG);
                RECOMMENDATION_REQUEST.write((RecommendationRequest) input, output);
            }
        }

        /** The tag stands before the version: each kind evolves by itself. */
        @Override
        public ShardInput read(DataInput input) throws IOException {
            int tag = input.readUnsignedByte();
            return switch (tag) {
                case EXAMPLE_TAG -> EXAMPLE.read(input);
                case LABEL_TAG -> RESOLVED_LABEL.read(input);
                case REQUEST_TAG -> RECOMMENDATION_REQUEST.read(input);
                default ->
                    throw new IOException(
                            "shard input of kind " + tag + ": damaged bytes, or written by a newer release");
            };
        }
    }

    private static final class PredictionCodec implements Codec<Prediction> {
        private static final int VERSION = 1;

        @Override
        public void write(Prediction prediction, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeText(output, prediction.model());
            Wire.writeId(output, prediction.id());
            Wire.writeSigned(output, prediction.time());
            Wire.writeUnsigned(output, prediction.shard());
            Wire.writeFloats(output, prediction.scores());
            Wire.writeUnsigned(output, prediction.modelVersion());
            output.writeLong(prediction.newestLabelTime());
            Wire.writeText(output, prediction.reportingId());
        }

        @Override
        public Prediction read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "prediction");
            return new Prediction(
                    Wire.readText(input),
                    Wire.readId(input),
                    Wire.readSigned(input),
                    Wire.readCount(input),
                    Wire.readFloats(input),
                    Wire.readUnsigned(input),
                    input.readLong(),
                    Wire.readText(input));
        }
    }

    private static final class ScoredLabelCodec implements Codec<ScoredLabel> {
        private static final int VERSION = 1;

        @Override
        public void write(ScoredLabel label, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeText(output, label.model());
            Wire.writeUnsigned(output, label.shard());
            Wire.writeId(output, label.id());
            Wire.writeSigned(output, label.eventTime());
            Wire.writeSigned(output, label.time());
            Wire.writeKind(output, label.kind());
            output.writeFloat(label.label());
            output.writeFloat(label.replaced());
            Wire.writeKind(output, label.replacedKind());
            Wire.writeFloats(output, label.scores());
            Wire.writeUnsigned(output, label.modelVersion());
        }

        @Override
        public ScoredLabel read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "scored label");
            return new ScoredLabel(
                    Wire.readText(input),
                    Wire.readCount(input),
                    Wire.readId(input),
                    Wire.readSigned(input),
                    Wire.readSigned(input),
                    Wire.readKind(input),
                    input.readFloat(),
                    input.readFloat(),
                    Wire.readKind(input),
                    Wire.readFloats(input),
                    Wire.readUnsigned(input));
        }
    }
}
