package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far one shard has come.
 *
 * @param shard index of the shard
 * @param newestLabelTime newest stream time of a label that the weights have learned, milliseconds since the epoch;
 *     {@link Long#MIN_VALUE} before the first update
 * @param scoredRows events scored
 * @param trainedRows rows that updates have seen; the part-full mini-batch is not among them
 * @param refusedUpdates updates that were not applied because they were not finite
 */
public record ShardProgress(int shard, long newestLabelTime, long scoredRows, long trainedRows, long refusedUpdates) {

    public static final Codec<ShardProgress> CODEC = new ShardProgressCodec();

    private static final class ShardProgressCodec extends ChecksummedCodec<ShardProgress> {

        private static final long serialVersionUID = 1L;

        ShardProgressCodec() {
            super("progress of a shard", 1);
        }

        @Override
        void writePayload(ShardProgress value, DataOutput output) throws IOException {
            Wire.writeUnsigned(output, value.shard);
            output.writeLong(value.newestLabelTime);
            Wire.writeUnsigned(output, value.scoredRows);
            Wire.writeUnsigned(output, value.trainedRows);
            Wire.writeUnsigned(output, value.refusedUpdates);
        }

        @Override
        ShardProgress readPayload(DataInput input, int version) throws IOException {
            return new ShardProgress(
                    Wire.readCount(input),
                    input.readLong(),
                    Wire.readUnsigned(input),
                    Wire.readUnsigned(input),
                    Wire.readUnsigned(input));
        }
    }
}
