package dev.millrace.operators.ranking;

import java.util.Arrays;

/**
 * The best of the candidates that are offered, in full order: by score, of equal ones by how often they were taken, of equal
 * ones the older item. A binary heap whose root is the worst that is still in.
 */
final class TopItems {

    private final Item[] heap;
    private final float[] scores;
    private int size;

    /** @param most how many to keep, at least 1 */
    TopItems(int most) {
        heap = new Item[most];
        scores = new float[most];
    }

    /** Whether a candidate stands before another one. */
    static boolean before(float score, Item item, float otherScore, Item other) {
        if (score != otherScore) {
            return score > otherScore;
        }
        return item.taken != other.taken ? item.taken > other.taken : item.number < other.number;
    }

    void offer(Item item, float score) {
        if (size < heap.length) {
            rise(size++, item, score);
        } else if (before(score, item, scores[0], heap[0])) {
            sink(item, score);
        }
    }

    private void rise(int from, Item item, float score) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!before(scores[parent], heap[parent], score, item)) {
                break;
            }
            put(at, heap[parent], scores[parent]);
            at = parent;
        }
        put(at, item, score);
    }

    private void sink(Item item, float score) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            int other = child + 1;
            int worse = other < size && before(scores[child], heap[child], scores[other], heap[other]) ? other : child;
            if (!before(score, item, scores[worse], heap[worse])) {
                break;
            }
            put(at, heap[worse], scores[worse]);
            at = worse;
        }
        put(at, item, score);
    }

    private void put(int at, Item item, float score) {
        heap[at] = item;
        scores[at] = score;
    }

    /** The score below which nothing comes in any more. */
    float least() {
        return size < heap.length ? Float.NEGATIVE_INFINITY : scores[0];
    }

    /** Best first; empties it. */
    Ranked[] take() {
        Ranked[] sorted = new Ranked[size];
        while (size > 0) {
            sorted[size - 1] = new Ranked(heap[0], scores[0]);
            size--;
            Item moved = heap[size];
            float score = scores[size];
            if (size > 0) {
                sink(moved, score);
            }
        }
        Arrays.fill(heap, null);
        return sorted;
    }

    record Ranked(Item item, float score) {}
}
