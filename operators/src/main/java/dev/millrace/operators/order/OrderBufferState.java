package dev.millrace.operators.order;

import dev.millrace.events.Codec;
import dev.millrace.modelstate.NamespacedState;
import dev.millrace.serializers.CodecSerializer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * An {@link OrderBuffer} in keyed state: segments that memory had no room for, and at a snapshot what is in memory.
 *
 * <p>Lists of records, one per key group and namespace. A key group is what Flink hands to another subtask as a whole, so
 * all its records may lie under any one of its keys: the first that was seen, its representative. A list per key would be a
 * list per record where keys are event ids. The namespace is the segment's lower bound, milliseconds since the epoch;
 * {@link Long#MIN_VALUE} for what was in memory, which is written anew at every snapshot. Segments are written once, so a
 * snapshot costs as much as is in memory.
 *
 * <p>Every method leaves another current key than it found.
 *
 * @param <K> key
 * @param <R> record
 */
final class OrderBufferState<K, R> implements OrderBuffer.Overflow<R> {

    /** Names the key of a record. */
    interface KeyOf<K, R> {
        K of(R value) throws Exception;
    }

    private static final String NAME = "order-buffer";
    private static final long IN_MEMORY = Long.MIN_VALUE;

    private final KeyContext keys;
    private final KeyOf<K, R> keyOf;
    private final int maxParallelism;
    private final NamespacedState<Long, ListState<R>> lists;
    private final TreeSet<Long> segments = new TreeSet<>();
    /** By key group. */
    private final Map<Integer, K> representatives = new HashMap<>();

    OrderBufferState(
            KeyContext keys, KeyedStateBackend<K> backend, int maxParallelism, Codec<R> codec, KeyOf<K, R> keyOf)
            throws Exception {
        this.keys = keys;
        this.keyOf = keyOf;
        this.maxParallelism = maxParallelism;
        this.lists = NamespacedState.lists(
                backend, LongSerializer.INSTANCE, new ListStateDescriptor<>(NAME, new CodecSerializer<>(codec)));
        try (Stream<Tuple2<K, Long>> saved = backend.getKeysAndNamespaces(NAME)) {
            saved.forEach(entry -> {
                representatives.put(keyGroupOf(entry.f0), entry.f0);
                if (entry.f1 != IN_MEMORY) {
                    segments.add(entry.f1);
                }
            });
        }
    }

    /** What was in memory at the snapshot that this state was restored from. */
    List<R> savedMemory() throws Exception {
        return read(IN_MEMORY);
    }

    /** Replaces what an earlier snapshot saved. */
    void saveMemory(Collection<R> records) throws Exception {
        Map<Integer, List<R>> byKeyGroup = byKeyGroup(records);
        for (Map.Entry<Integer, K> representative : representatives.entrySet()) {
            keys.setCurrentKey(representative.getValue());
            List<R> list = byKeyGroup.get(representative.getKey());
            if (list == null) {
                lists.at(IN_MEMORY).clear();
            } else {
                lists.at(IN_MEMORY).update(list);
            }
        }
    }

    @Override
    public @Nullable Long earliest() {
        return segments.isEmpty() ? null : segments.first();
    }

    @Override
    public void add(long lowerBound, List<R> records) throws Exception {
        segments.add(lowerBound);
        for (Map.Entry<Integer, List<R>> part : byKeyGroup(records).entrySet()) {
            keys.setCurrentKey(representatives.get(part.getKey()));
            lists.at(lowerBound).addAll(part.getValue());
        }
    }

    @Override
    public List<R> takeEarliest() throws Exception {
        long lowerBound = segments.first();
        List<R> records = read(lowerBound);
        for (K key : representatives.values()) {
            keys.setCurrentKey(key);
            lists.at(lowerBound).clear();
        }
        segments.remove(lowerBound);
        return records;
    }

    /** Segments that wait in state. */
    int segments() {
        return segments.size();
    }

    private List<R> read(long namespace) throws Exception {
        List<R> records = new ArrayList<>();
        for (K key : representatives.values()) {
            keys.setCurrentKey(key);
            Iterable<R> list = lists.at(namespace).get();
            if (list != null) {
                list.forEach(records::add);
            }
        }
        return records;
    }

    private Map<Integer, List<R>> byKeyGroup(Collection<R> records) throws Exception {
        Map<Integer, List<R>> lists = new HashMap<>();
        for (R value : records) {
            K key = keyOf.of(value);
            int keyGroup = keyGroupOf(key);
            representatives.putIfAbsent(keyGroup, key);
            lists.computeIfAbsent(keyGroup, absent -> new ArrayList<>()).add(value);
        }
        return lists;
    }

    private int keyGroupOf(K key) {
        return KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism);
    }
}
