package dev.millrace.operators.ranking;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What one user has taken.
 *
 * @param items by number, oldest first, none twice; not to be changed
 * @param factors learned by the baseline {@link Factorisation}; empty where there is none. Not to be changed
 */
record UserItems(int[] items, float[] factors) {

    static final Codec<UserItems> CODEC = new UserItemsCodec();

    /** Of a user who has not been seen. */
    static final UserItems NONE = new UserItems(new int[0], new float[0]);

    int count() {
        return items.length;
    }

    boolean has(int item) {
        for (int taken : items) {
            if (taken == item) {
                return true;
            }
        }
        return false;
    }

    /** The same as a set of numbers, a new one. */
    BitSet asSet() {
        BitSet set = new BitSet();
        for (int item : items) {
            set.set(item);
        }
        return set;
    }

    /** The item before which {@code back} newer ones were taken, 0 being the newest. */
    int newest(int back) {
        return items[items.length - 1 - back];
    }

    UserItems with(int item, float[] changedFactors) {
        int[] more = Arrays.copyOf(items, items.length + 1);
        more[items.length] = item;
        return new UserItems(more, changedFactors);
    }

    /** Layout: version, components in order. */
    private static final class UserItemsCodec implements Codec<UserItems> {

        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;

        @Override
        public void write(UserItems user, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeUnsigned(output, user.items.length);
            for (int item : user.items) {
                Wire.writeUnsigned(output, item);
            }
            Wire.writeFloats(output, user.factors);
        }

        @Override
        public UserItems read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "items of a user");
            int count = Wire.readCount(input);
            int[] items = new int[Math.min(count, 1 << 16)];
            for (int i = 0; i < count; i++) {
                if (i == items.length) {
                    items = Arrays.copyOf(items, (int) Math.min(count, 2L * items.length));
                }
                items[i] = Wire.readCount(input);
            }
            return new UserItems(items, Wire.readFloats(input));
        }
    }
}
