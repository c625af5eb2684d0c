package dev.millrace.operators.order;

import dev.millrace.events.Codec;
import dev.millrace.events.Ordered;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for the watermark, of all keys of one subtask, smallest first by (stream time, rank, id, bytes).
 *
 * <p>A binary heap: records come nearly sorted, so an insertion costs about one comparison, a removal about log₂ n. Bytes
 * are only looked at where time, rank and id are equal. Equal records collapse when they are taken out.
 */
final class OrderBuffer<K, R extends Ordered> {

    record Entry<K, R extends Ordered>(K key, R value) {}

    private final PriorityQueue<Entry<K, R>> heap;
    private final Comparator<Entry<K, R>> order;
    private long collapsed;

    OrderBuffer(Codec<R> codec) {
        this.order = (left, right) -> compare(left.value(), right.value(), codec);
        this.heap = new PriorityQueue<>(order);
    }

    void add(K key, R value) {
        heap.add(new Entry<>(key, value));
    }

    /** The smallest record if its stream time is at most {@code time}, without the copies of it; null otherwise. */
    @Nullable
    Entry<K, R> pollUntil(long time) {
        Entry<K, R> first = heap.peek();
        if (first == null || first.value().streamTime() > time) {
            return null;
        }
        heap.poll();
        while (true) {
            Entry<K, R> next = heap.peek();
            if (next == null || order.compare(first, next) != 0) {
                return first;
            }
            heap.poll();
            collapsed++;
        }
    }

    int size() {
        return heap.size();
    }

    /** Copies that were dropped so far: equal in time, id and bytes to a record that was handled. */
    long collapsed() {
        return collapsed;
    }

    /** In no particular order. */
    void forEach(BiConsumer<K, R> consumer) {
        for (Entry<K, R> entry : heap) {
            consumer.accept(entry.key(), entry.value());
        }
    }

    private static <R extends Ordered> int compare(R left, R right, Codec<R> codec) {
        int byTime = Long.compare(left.streamTime(), right.streamTime());
        if (byTime != 0) {
            return byTime;
        }
        int byRank = Integer.compare(left.rank(), right.rank());
        if (byRank != 0) {
            return byRank;
        }
        int byId = left.id().compareTo(right.id());
        return byId != 0 || left == right ? byId : Arrays.compareUnsigned(codec.toBytes(left), codec.toBytes(right));
    }
}
