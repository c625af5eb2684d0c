package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The parameters of one shard's network as state.
 *
 * @param network describes the inputs by name and the layers; parameters fit no other network
 * @param kernel the numeric kernel that computed them: another one gives other last bits
 * @param updates number of updates they have seen
 * @param parameters in the engines' flat order; not to be changed
 */
public record StoredWeights(String network, String kernel, long updates, float[] parameters) {

    public static final Codec<StoredWeights> CODEC = new StoredWeightsCodec();

    private static final class StoredWeightsCodec extends ChecksummedCodec<StoredWeights> {

        private static final long serialVersionUID = 1L;

        StoredWeightsCodec() {
            super("weights", 1);
        }

        @Override
        void writePayload(StoredWeights value, DataOutput output) throws IOException {
            Wire.writeText(output, value.network);
            Wire.writeText(output, value.kernel);
            Wire.writeUnsigned(output, value.updates);
            Wire.writeFloats(output, value.parameters);
        }

        @Override
        StoredWeights readPayload(DataInput input, int version) throws IOException {
            return new StoredWeights(
                    Wire.readText(input), Wire.readText(input), Wire.readUnsigned(input), Wire.readFloats(input));
        }
    }
}
