package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An embedding row as state. Arrays are not to be changed.
 *
 * @param id what the row stands for
 * @param occurrences events that named it
 * @param lastUse newest event time of one, milliseconds since the epoch
 * @param updates of its values so far
 * @param values empty while the id is only counted
 * @param slots of its optimiser; empty if that keeps nothing
 */
public record StoredRow(String id, long occurrences, long lastUse, long updates, float[] values, float[] slots) {

    public static final Codec<StoredRow> CODEC = new StoredRowCodec();

    private static final class StoredRowCodec extends ChecksummedCodec<StoredRow> {

        private static final long serialVersionUID = 1L;

        StoredRowCodec() {
            super("embedding row", 1);
        }

        @Override
        void writePayload(StoredRow row, DataOutput output) throws IOException {
            Wire.writeText(output, row.id);
            Wire.writeUnsigned(output, row.occurrences);
            Wire.writeSigned(output, row.lastUse);
            Wire.writeUnsigned(output, row.updates);
            Wire.writeFloats(output, row.values);
            Wire.writeFloats(output, row.slots);
        }

        @Override
        StoredRow readPayload(DataInput input, int version) throws IOException {
            return new StoredRow(
                    Wire.readText(input),
                    Wire.readUnsigned(input),
                    Wire.readSigned(input),
                    Wire.readUnsigned(input),
                    Wire.readFloats(input),
                    Wire.readFloats(input));
        }
    }
}
