package dev.millrace.features.labels;

import dev.millrace.events.Codec;
import dev.millrace.events.EntityIds;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelKind;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RoutedEvent;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What is known of one event id. */
public sealed interface LabelCase {

    Codec<LabelCase> CODEC = new LabelCaseCodec();

    /** A label that came before its event. */
    record Waiting(LabelRecord label) implements LabelCase {}

    /**
     * An event, with or without its label.
     *
     * @param label the label that holds; {@link Event#NO_LABEL} if none does
     * @param kind kind of the label that holds; {@link LabelKind#REAL} if none does
     * @param labelTime own time of the label that holds, milliseconds since the epoch; 0 if none does
     * @param deadlinePassed whether {@code wait} is over and was dealt with
     */
    record Known(RoutedEvent event, float label, LabelKind kind, long labelTime, boolean deadlinePassed)
            implements LabelCase {

        static Known unlabelled(RoutedEvent event) {
            return new Known(event, Event.NO_LABEL, LabelKind.REAL, 0, false);
        }

        boolean hasLabel() {
            return !Float.isNaN(label);
        }

        Known withLabel(float newLabel, LabelKind newKind, long time) {
            return new Known(event, newLabel, newKind, time, deadlinePassed);
        }

        Known withDeadlinePassed() {
            return new Known(event, label, kind, labelTime, true);
        }

        /** The recorded label has been played back. */
        Known withoutRecordedLabel() {
            RoutedEvent played =
                    new RoutedEvent(event.id(), event.time(), event.shard(), event.entities(), Event.NO_LABEL, 0);
            return new Known(played, label, kind, labelTime, deadlinePassed);
        }
    }
}

/** Layout: version, tag, then the components in order. Version 1 knew no entities. */
final class LabelCaseCodec implements Codec<LabelCase> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 2;
    private static final int WAITING_TAG = 1;
    private static final int KNOWN_TAG = 2;

    @Override
    public void write(LabelCase value, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        if (value instanceof LabelCase.Waiting waiting) {
            output.writeByte(WAITING_TAG);
            Wire.writeId(output, waiting.label().id());
            Wire.writeSigned(output, waiting.label().time());
            output.writeFloat(waiting.label().label());
        } else {
            LabelCase.Known known = (LabelCase.Known) value;
            output.writeByte(KNOWN_TAG);
            Wire.writeId(output, known.event().id());
            Wire.writeSigned(output, known.event().time());
            Wire.writeUnsigned(output, known.event().shard());
            output.writeFloat(known.event().recordedLabel());
            Wire.writeSigned(output, known.event().labelTime());
            output.writeFloat(known.label());
            Wire.writeKind(output, known.kind());
            Wire.writeSigned(output, known.labelTime());
            output.writeBoolean(known.deadlinePassed());
            Wire.writeEntities(output, known.event().entities());
        }
    }

    @Override
    public LabelCase read(DataInput input) throws IOException {
        int version = Wire.readVersion(input, VERSION, "label case");
        int tag = input.readUnsignedByte();
        EventId id = Wire.readId(input);
        long time = Wire.readSigned(input);
        return switch (tag) {
            case WAITING_TAG -> new LabelCase.Waiting(new LabelRecord(id, time, input.readFloat()));
            case KNOWN_TAG -> readKnown(id, time, version, input);
            default -> throw new IOException("label case of kind " + tag + ": the bytes are damaged");
        };
    }

    private static LabelCase readKnown(EventId id, long time, int version, DataInput input) throws IOException {
        int shard = Wire.readCount(input);
        float recordedLabel = input.readFloat();
        long recordedTime = Wire.readSigned(input);
        float label = input.readFloat();
        LabelKind kind = Wire.readKind(input);
        long labelTime = Wire.readSigned(input);
        boolean deadlinePassed = input.readBoolean();
        EntityIds entities = version < 2 ? EntityIds.NONE : Wire.readEntities(input);
        RoutedEvent event = new RoutedEvent(id, time, shard, entities, recordedLabel, recordedTime);
        return new LabelCase.Known(event, label, kind, labelTime, deadlinePassed);
    }
}
