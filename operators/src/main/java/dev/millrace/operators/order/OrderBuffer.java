package dev.millrace.operators.order;

import dev.millrace.events.Codec;
import dev.millrace.events.Ordered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for the watermark, of all keys of one subtask, smallest first by (stream time, rank, id, bytes).
 *
 * <p>A binary heap: records come nearly sorted, so an insertion costs about one comparison, a removal about log₂ n. Bytes
 * are only looked at where time, rank and id are equal. Equal records collapse when they are taken out.
 *
 * <p>Where more records wait than memory may hold, the later half goes to the {@link Overflow} in segments, and comes back
 * segment by segment when its time has come. Of records that come nearly sorted each is written out and read back at most
 * once. More than the limit is held only where more than half of it share one stream time.
 */
final class OrderBuffer<R extends Ordered> {

    /** Records beyond what memory may hold, in segments. No record of a segment is earlier than its lower bound. */
    interface Overflow<R> {

        /** The least lower bound; null if there is no segment. */
        @Nullable
        Long earliest();

        /** Adds to the segment of that lower bound. */
        void add(long lowerBound, List<R> records) throws Exception;

        /** Removes the segment of the least lower bound, and returns its records in any order. */
        List<R> takeEarliest() throws Exception;
    }

    private static final int MOST_RECORDS_PER_SEGMENT = 8_192;

    private final PriorityQueue<R> heap;
    private final Comparator<R> order;
    private final Overflow<R> overflow;
    private final int mostInMemory;
    /** The limit, or more where a crowded instant could not be divided: to try again for each record would be costly. */
    private int roomUntil;

    private long collapsed;

    /** @param mostInMemory records held in memory, at least 1 */
    OrderBuffer(Codec<R> codec, Overflow<R> overflow, int mostInMemory) {
        this.order = (left, right) -> compare(left, right, codec);
        this.heap = new PriorityQueue<>(order);
        this.overflow = overflow;
        this.mostInMemory = mostInMemory;
        this.roomUntil = mostInMemory;
    }

    void add(R value) throws Exception {
        heap.add(value);
        if (heap.size() > roomUntil) {
            makeRoom();
        }
    }

    /** The smallest record if its stream time is at most {@code time}, without the copies of it; null otherwise. */
    @Nullable
    R pollUntil(long time) throws Exception {
        R first = firstUntil(time);
        if (first == null) {
            return null;
        }
        heap.poll();
        for (R next = heap.peek(); next != null && order.compare(first, next) == 0; next = heap.peek()) {
            heap.poll();
            collapsed++;
        }
        if (heap.size() <= mostInMemory) {
            roomUntil = mostInMemory;
        }
        return first;
    }

    /** With every record of its stream time in memory. */
    private @Nullable R firstUntil(long time) throws Exception {
        while (true) {
            R first = heap.peek();
            long wanted = first == null ? time : Math.min(time, first.streamTime());
            Long earliest = overflow.earliest();
            if (earliest == null || earliest > wanted) {
                return first == null || first.streamTime() > time ? null : first;
            }
            heap.addAll(overflow.takeEarliest());
            if (heap.size() > roomUntil) {
                makeRoom();
            }
        }
    }

    /** Writes out the later half. What stays is earlier than every segment written, or else they would come back at once. */
    private void makeRoom() throws Exception {
        List<R> sorted = new ArrayList<>(heap);
        sorted.sort(Comparator.comparingLong(Ordered::streamTime));
        int kept = changeOfTime(sorted);
        for (int from = kept; from < sorted.size(); from += MOST_RECORDS_PER_SEGMENT) {
            int to = Math.min(sorted.size(), from + MOST_RECORDS_PER_SEGMENT);
            overflow.add(sorted.get(from).streamTime(), sorted.subList(from, to));
        }
        heap.clear();
        heap.addAll(sorted.subList(0, kept));
        roomUntil = Math.max(mostInMemory, 2 * kept);
    }

    /** The index behind the middle where the stream time changes, else the one before it, else the end. */
    private static int changeOfTime(List<? extends Ordered> sorted) {
        int middle = Math.max(1, sorted.size() / 2);
        for (int i = middle; i < sorted.size(); i++) {
            if (sorted.get(i - 1).streamTime() != sorted.get(i).streamTime()) {
                return i;
            }
        }
        for (int i = middle - 1; i > 0; i--) {
            if (sorted.get(i - 1).streamTime() != sorted.get(i).streamTime()) {
                return i;
            }
        }
        return sorted.size();
    }

    /** Records in memory. */
    int size() {
        return heap.size();
    }

    /** The records in memory, in no particular order. A view. */
    Collection<R> inMemory() {
        return Collections.unmodifiableCollection(heap);
    }

    /** Copies that were dropped so far: equal in time, id and bytes to a record that was handled. */
    long collapsed() {
        return collapsed;
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
