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
 * @param delays which labels came in time
 */
public record ShardProgress(
        int shard, long newestLabelTime, long scoredRows, long trainedRows, long refusedUpdates, LabelDelays delays) {

    /** Of a shard that has seen no label come late or in time. */
    public ShardProgress(int shard, long newestLabelTime, long scoredRows, long trainedRows, long refusedUpdates) {
        this(shard, newestLabelTime, scoredRows, trainedRows, refusedUpdates, LabelDelays.NONE);
    }

    public static final Codec<ShardProgress> CODEC = new ShardProgressCodec();

    private static final class ShardProgressCodec extends ChecksummedCodec<ShardProgress> {

        private static final long serialVersionUID = 1L;
        private static final int VERSION = 2;

        ShardProgressCodec() {
            super("progress of a shard", VERSION);
        }

        @Override
        void writePayload(ShardProgress value, DataOutput output) throws IOException {
            Wire.writeUnsigned(output, value.shard);
            output.writeLong(value.newestLabelTime);
            Wire.writeUnsigned(output, value.scoredRows);
            Wire.writeUnsigned(output, value.trainedRows);
            Wire.writeUnsigned(output, value.refusedUpdates);
            Wire.writeUnsigned(output, value.delays.positivesInTime());
            Wire.writeUnsigned(output, value.delays.positivesLate());
            Wire.writeUnsigned(output, value.delays.negativesInTime());
            Wire.writeUnsigned(output, value.delays.assumedNegatives());
        }

        @Override
        ShardProgress readPayload(DataInput input, int version) throws IOException {
            return new ShardProgress(
                    Wire.readCount(input),
                    input.readLong(),
                    Wire.readUnsigned(input),
                    Wire.readUnsigned(input),
                    Wire.readUnsigned(input),
                    version < 2 ? LabelDelays.NONE : readDelays(input));
        }

        private static LabelDelays readDelays(DataInput input) throws IOException {
            return new LabelDelays(
                    Wire.readUnsigned(input),
                    Wire.readUnsigned(input),
                    Wire.readUnsigned(input),
                    Wire.readUnsigned(input));
        }
    }
}
