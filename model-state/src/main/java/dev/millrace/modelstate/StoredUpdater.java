package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The optimiser's memory of one shard as state.
 *
 * @param slots one vector after the other, each as long as the parameters; not to be changed
 */
public record StoredUpdater(float[] slots) {

    public static final Codec<StoredUpdater> CODEC = new StoredUpdaterCodec();

    private static final class StoredUpdaterCodec extends ChecksummedCodec<StoredUpdater> {

        private static final long serialVersionUID = 1L;

        StoredUpdaterCodec() {
            super("updater state", 1);
        }

        @Override
        void writePayload(StoredUpdater value, DataOutput output) throws IOException {
            Wire.writeFloats(output, value.slots);
        }

        @Override
        StoredUpdater readPayload(DataInput input, int version) throws IOException {
            return new StoredUpdater(Wire.readFloats(input));
        }
    }
}
