package dev.millrace.operators.ranking;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import dev.millrace.modelstate.NamespacedState;
import dev.millrace.modelstate.RowsDigest;
import dev.millrace.serializers.CodecSerializer;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The catalogues of one subtask, live, and the users' items, in keyed state: one entry per item and one per user, beside the
 * shard's key. An item is written when it has changed since the last snapshot; a catalogue is read when its shard is first
 * asked for.
 */
final class CatalogueStore {

    static final ValueStateDescriptor<Header> CATALOGUE =
            new ValueStateDescriptor<>("catalogue", new CodecSerializer<>(Header.CODEC));
    static final ValueStateDescriptor<byte[]> ITEMS =
            new ValueStateDescriptor<>("items", BytePrimitiveArraySerializer.INSTANCE);
    static final ValueStateDescriptor<UserItems> USERS =
            new ValueStateDescriptor<>("users", new CodecSerializer<>(UserItems.CODEC));

    private final KeyContext keys;
    private final NamespacedState<VoidNamespace, ValueState<Header>> headers;
    private final NamespacedState<Integer, ValueState<byte[]>> items;
    private final NamespacedState<String, ValueState<UserItems>> users;
    private final Map<Object, Catalogue> live = new LinkedHashMap<>();

    CatalogueStore(KeyContext keys, KeyedStateBackend<?> backend) throws Exception {
        this.keys = keys;
        this.headers = NamespacedState.values(backend, VoidNamespaceSerializer.INSTANCE, CATALOGUE);
        this.items = NamespacedState.values(backend, IntSerializer.INSTANCE, ITEMS);
        this.users = NamespacedState.values(backend, StringSerializer.INSTANCE, USERS);
    }

    /** The catalogue of the current key, which is {@code shard}'s; an empty one if it has none yet. */
    Catalogue of(int shard) throws Exception {
        Catalogue catalogue = live.get(keys.getCurrentKey());
        if (catalogue == null) {
            catalogue = load(shard);
            live.put(keys.getCurrentKey(), catalogue);
        }
        return catalogue;
    }

    private Catalogue load(int shard) throws Exception {
        Header header = headers.at(VoidNamespace.INSTANCE).value();
        if (header == null) {
            return new Catalogue(shard);
        }
        Catalogue catalogue = new Catalogue(shard, header.events, header.decay);
        for (int number = 0; number < header.items; number++) {
            byte[] bytes = items.at(number).value();
            if (bytes == null) {
                throw new IllegalStateException("the catalogue of shard " + shard + " must have item " + number + " of "
                        + header.items + ", and lacks it: the snapshot is incomplete");
            }
            catalogue.restore(Item.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes))));
        }
        return catalogue;
    }

    /** What a user of the current key has taken. */
    UserItems itemsOf(String user) throws Exception {
        @Nullable UserItems known = users.at(user).value();
        return known == null ? UserItems.NONE : known;
    }

    void update(String user, UserItems taken) throws Exception {
        users.at(user).update(taken);
    }

    /** Writes what has changed since the last time. Leaves another current key than it found. */
    void flush() throws Exception {
        for (Map.Entry<Object, Catalogue> entry : live.entrySet()) {
            Catalogue catalogue = entry.getValue();
            BitSet changed = catalogue.takeChanged();
            if (changed.isEmpty()) {
                continue;
            }
            keys.setCurrentKey(entry.getKey());
            for (int number = changed.nextSetBit(0); number >= 0; number = changed.nextSetBit(number + 1)) {
                items.at(number).update(Item.CODEC.toBytes(catalogue.item(number)));
            }
            headers.at(VoidNamespace.INSTANCE)
                    .update(new Header(catalogue.events(), catalogue.decay(), catalogue.size()));
        }
    }

    /** Tells one catalogue, with all that was counted and learned, from another one. */
    static RowsDigest digest(Catalogue catalogue) throws IOException {
        RowsDigest digest = RowsDigest.NONE;
        for (int number = 0; number < catalogue.size(); number++) {
            digest = digest.plus(RowsDigest.of(Item.CODEC.toBytes(catalogue.item(number))));
        }
        return digest;
    }

    /** Items of all shards that are live. */
    long liveItems() {
        return live.values().stream().mapToLong(Catalogue::size).sum();
    }

    /** What is stored of a catalogue beside its items. */
    record Header(long events, double decay, int items) {

        static final Codec<Header> CODEC = new HeaderCodec();
    }

    private static final class HeaderCodec implements Codec<Header> {

        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;

        @Override
        public void write(Header header, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeUnsigned(output, header.events);
            output.writeDouble(header.decay);
            Wire.writeUnsigned(output, header.items);
        }

        @Override
        public Header read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "catalogue");
            return new Header(Wire.readUnsigned(input), input.readDouble(), Wire.readCount(input));
        }
    }
}
