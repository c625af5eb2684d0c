package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.Example;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a shard keeps of one event id until its label can no longer change. */
public sealed interface PendingEntry {

    Codec<PendingEntry> CODEC = new PendingEntryCodec();

    /** When the event happened, milliseconds since the epoch. */
    long eventTime();

    /**
     * A scored example.
     *
     * @param scores given when the event happened; not to be changed
     * @param modelVersion number of updates of the weights that scored
     * @param label the label it was trained with; {@link Event#NO_LABEL} before the first
     * @param kind kind of that label; {@link LabelKind#REAL} before the first
     */
    record Kept(Example example, float[] scores, long modelVersion, float label, LabelKind kind)
            implements PendingEntry {

        public boolean hasLabel() {
            return !Float.isNaN(label);
        }

        public Kept withLabel(float newLabel, LabelKind newKind) {
            return new Kept(example, scores, modelVersion, newLabel, newKind);
        }

        @Override
        public long eventTime() {
            return example.time();
        }
    }

    /** A label that overtook its example. */
    record Early(ResolvedLabel label) implements PendingEntry {

        @Override
        public long eventTime() {
            return label.eventTime();
        }
    }
}

/** Layout: version, tag, components in order. */
final class PendingEntryCodec implements Codec<PendingEntry> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final int KEPT_TAG = 1;
    private static final int EARLY_TAG = 2;

    @Override
    public void write(PendingEntry entry, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        if (entry instanceof PendingEntry.Kept kept) {
            output.writeByte(KEPT_TAG);
            Codecs.EXAMPLE.write(kept.example(), output);
            Wire.writeFloats(output, kept.scores());
            Wire.writeUnsigned(output, kept.modelVersion());
            output.writeFloat(kept.label());
            Wire.writeKind(output, kept.kind());
        } else {
            output.writeByte(EARLY_TAG);
            Codecs.RESOLVED_LABEL.write(((PendingEntry.Early) entry).label(), output);
        }
    }

    @Override
    public PendingEntry read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "pending entry");
        int tag = input.readUnsignedByte();
        return switch (tag) {
            case KEPT_TAG ->
                new PendingEntry.Kept(
                        Codecs.EXAMPLE.read(input),
                        Wire.readFloats(input),
                        Wire.readUnsigned(input),
                        input.readFloat(),
                        Wire.readKind(input));
            case EARLY_TAG -> new PendingEntry.Early(Codecs.RESOLVED_LABEL.read(input));
            default -> throw new IOException("pending entry of kind " + tag + ": the bytes are damaged");
        };
    }
}
