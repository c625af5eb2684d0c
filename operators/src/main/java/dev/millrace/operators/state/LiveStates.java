package dev.millrace.operators.state;

import dev.millrace.events.Codec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 *
 * <p>The values used last stay live, up to a limit; one that must leave is written to state if it has changed. All that has
 * changed is written by {@link #flush}.
 *
 * @param <K> key
 * @param <V> value
 */
public final class LiveStates<K, V> {

    private static final class Live<V> {
        private final V value;
        private boolean changed;

        private Live(V value) {
            this.value = value;
        }
    }

    private final KeyContext keys;
    private final ValueState<byte[]> state;
    private final Codec<V> codec;
    private final Consumer<V> onRestore;
    private final int liveLimit;
    private final LinkedHashMap<K, Live<V>> live = new LinkedHashMap<>(16, 0.75f, true);

    /** All values are held live: of few keys. */
    public LiveStates(String name, KeyContext keys, KeyedStateStore states, Codec<V> codec, Consumer<V> onRestore) {
        this(name, keys, states, codec, onRestore, Integer.MAX_VALUE);
    }

    /**
     * @param keys the operator, whose current key says which value is meant
     * @param onRestore brings a value that was read from state up to date
     * @param liveLimit how many values are held live at most, at least 1
     */
    public LiveStates(
            String name,
            KeyContext keys,
            KeyedStateStore states,
            Codec<V> codec,
            Consumer<V> onRestore,
            int liveLimit) {
        this.keys = keys;
        this.state = states.getState(new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE));
        this.codec = codec;
        this.onRestore = onRestore;
        this.liveLimit = liveLimit;
    }

    /** The value of the current key, which is {@code key}, about to be changed; a fresh one if it has none. */
    public V change(K key, Supplier<V> fresh) throws Exception {
        V value = changeExisting(key);
        if (value == null) {
            value = fresh.get();
            hold(key, new Live<>(value)).changed = true;
        }
        return value;
    }

    /** The value of the current key, which is {@code key}, about to be changed; null if it has none. */
    public @Nullable V changeExisting(K key) throws Exception {
        Live<V> held = live.get(key);
        if (held == null) {
            byte[] bytes = state.value();
            if (bytes == null) {
                return null;
            }
            V value = codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            onRestore.accept(value);
            held = hold(key, new Live<>(value));
        }
        held.changed = true;
        return held.value;
    }

    /** Forgets the value of the current key, which is {@code key}. */
    public void remove(K key) {
        live.remove(key);
        state.clear();
    }

    private Live<V> hold(K key, Live<V> value) throws Exception {
        if (live.size() >= liveLimit) {
            Iterator<Map.Entry<K, Live<V>>> oldest = live.entrySet().iterator();
            Map.Entry<K, Live<V>> leaving = oldest.next();
            oldest.remove();
            write(leaving.getKey(), leaving.getValue());
            keys.setCurrentKey(key);
        }
        live.put(key, value);
        return value;
    }

    /** Writes what has changed since the last time. Leaves another current key than it found. */
    public void flush() throws Exception {
        for (Map.Entry<K, Live<V>> entry : live.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
    }

    private void write(K key, Live<V> value) throws Exception {
        if (value.changed) {
            keys.setCurrentKey(key);
            state.update(codec.toBytes(value.value));
            value.changed = false;
        }
    }
}
