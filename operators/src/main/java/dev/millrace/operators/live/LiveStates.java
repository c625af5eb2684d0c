package dev.millrace.operators.live;

import dev.millrace.events.Codec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * Mutable values that are folded into record by record, one per key: live objects between two snapshots, bytes in state.
 * State never holds a live object, which the next record would change under a running snapshot.
 */
public final class LiveStates<K, V> {

    private final KeyContext keys;
    private final ValueState<byte[]> state;
    private final Codec<V> codec;
    private final Consumer<V> onRestore;
    private final Map<K, V> live = new HashMap<>();
    private final Map<K, V> changed = new HashMap<>();

    /** @param onRestore brings a value that was read from state up to date */
    public LiveStates(String name, KeyContext keys, KeyedStateStore states, Codec<V> codec, Consumer<V> onRestore) {
        this.keys = keys;
        this.state = states.getState(new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE));
        this.codec = codec;
        this.onRestore = onRestore;
    }

    /** The value of the current key, which is {@code key}, about to be changed. */
    public V change(K key, Supplier<V> fresh) throws Exception {
        V value = changeExisting(key);
        if (value == null) {
            value = fresh.get();
            live.put(key, value);
            changed.put(key, value);
        }
        return value;
    }

    /** The value of the current key, which is {@code key}, about to be changed; null if it has none. */
    public @Nullable V changeExisting(K key) throws Exception {
        V value = live.get(key);
        if (value == null) {
            byte[] bytes = state.value();
            if (bytes == null) {
                return null;
            }
            value = codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            onRestore.accept(value);
            live.put(key, value);
        }
        changed.put(key, value);
        return value;
    }

    /** The current key, which is {@code key}, has no value from now on. */
    public void remove(K key) {
        live.remove(key);
        changed.remove(key);
        state.clear();
    }

    /** Writes what has changed since the last time. Leaves another current key than it found. */
    public void flush() throws Exception {
        for (Map.Entry<K, V> entry : changed.entrySet()) {
            keys.setCurrentKey(entry.getKey());
            state.update(codec.toBytes(entry.getValue()));
        }
        changed.clear();
    }
}
