package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The running statistics of one shard's numeric inputs as state; one entry per input, not to be changed.
 *
 * @param counts values seen
 * @param means their mean
 * @param squares their sum of squared deviations from the mean
 */
public record StoredScaler(long[] counts, double[] means, double[] squares) {

    public static final Codec<StoredScaler> CODEC = new StoredScalerCodec();

    private static final class StoredScalerCodec extends ChecksummedCodec<StoredScaler> {

        private static final long serialVersionUID = 1L;

        StoredScalerCodec() {
            super("input scaler", 1);
        }

        @Override
        void writePayload(StoredScaler value, DataOutput output) throws IOException {
            Wire.writeCounts(output, value.counts);
            Wire.writeDoubles(output, value.means);
            Wire.writeDoubles(output, value.squares);
        }

        @Override
        StoredScaler readPayload(DataInput input, int version) throws IOException {
            return new StoredScaler(Wire.readCounts(input), Wire.readDoubles(input), Wire.readDoubles(input));
        }
    }
}
