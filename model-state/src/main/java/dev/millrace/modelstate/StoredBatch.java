package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The part-full mini-batch of one shard as state. Arrays are not to be changed.
 *
 * @param openedAt stream time of the first row, milliseconds since the epoch
 * @param newestLabelTime newest stream time of a label in it, milliseconds since the epoch
 * @param inputs rows of raw inputs, one after the other: [rows, inputs]
 * @param labels one per row
 * @param weights one per row
 * @param ids one per row: of each embedding its ids. None at all in the first layout, which knew no embeddings
 */
public record StoredBatch(
        long openedAt, long newestLabelTime, float[] inputs, float[] labels, float[] weights, String[][][] ids) {

    public static final Codec<StoredBatch> CODEC = new StoredBatchCodec();

    private static final class StoredBatchCodec extends ChecksummedCodec<StoredBatch> {

        private static final long serialVersionUID = 1L;

        StoredBatchCodec() {
            super("part-full mini-batch", 2);
        }

        @Override
        void writePayload(StoredBatch value, DataOutput output) throws IOException {
            output.writeLong(value.openedAt);
            output.writeLong(value.newestLabelTime);
            Wire.writeFloats(output, value.inputs);
            Wire.writeFloats(output, value.labels);
            Wire.writeFloats(output, value.weights);
            for (String[][] ofRow : value.ids) {
                Wire.writeBags(output, ofRow);
            }
        }

        @Override
        StoredBatch readPayload(DataInput input, int version) throws IOException {
            long openedAt = input.readLong();
            long newestLabelTime = input.readLong();
            float[] inputs = Wire.readFloats(input);
            float[] labels = Wire.readFloats(input);
            float[] weights = Wire.readFloats(input);
            String[][][] ids = new String[version < 2 ? 0 : labels.length][][];
            for (int row = 0; row < ids.length; row++) {
                ids[row] = Wire.readBags(input);
            }
            return new StoredBatch(openedAt, newestLabelTime, inputs, labels, weights, ids);
        }
    }
}
