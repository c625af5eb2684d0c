package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.StableHash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Names an embedding row among those of a shard, in fixed width whatever the id: 12 bytes.
 *
 * @param table hash of the table's name, so that tables may be added and reordered
 * @param id hash of the id; the row holds the id itself and notices the rare clash
 */
record RowName(int table, long id) {

    static final Codec<RowName> CODEC = new RowNameCodec();

    /** Fixed for ever: rows are found in snapshots by them. */
    private static final long TABLE_SEED = 0x7461626C65L;

    private static final long ID_SEED = 0x726F77L;

    static int hashOfTable(String name) {
        return (int) StableHash.of(name, TABLE_SEED);
    }

    static long hashOfId(String id) {
        return StableHash.of(id, ID_SEED);
    }

    private static final class RowNameCodec implements Codec<RowName> {

        private static final long serialVersionUID = 1L;

        /** Without a version: the bytes are a key, which a backend compares and never converts. */
        @Override
        public void write(RowName name, DataOutput output) throws IOException {
            output.writeInt(name.table);
            output.writeLong(name.id);
        }

        @Override
        public RowName read(DataInput input) throws IOException {
            return new RowName(input.readInt(), input.readLong());
        }
    }
}
