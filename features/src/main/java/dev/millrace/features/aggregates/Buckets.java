package dev.millrace.features.aggregates;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The older events of a log whose entity has too many: {@link Bucket}s in the order of time that do not overlap.
 *
 * <p>There are at most {@link #MOST}. When there is one more, the two neighbours become one whose joint stretch of time is shortest beside
 * how long ago it ended: buckets get longer with age, so that a window of any width is cut about equally well.
 */
final class Buckets {

    static final int MOST = 128;

    final List<Bucket> list = new ArrayList<>(0);

    boolean isEmpty() {
        return list.isEmpty();
    }

    /** Time of the newest event in a bucket; {@link Long#MIN_VALUE} if there is none. */
    long newest() {
        return list.isEmpty() ? Long.MIN_VALUE : list.get(list.size() - 1).last;
    }

    /** Takes in one row of a log. */
    void add(EntityLog log, int row) {
        long time = log.times[row];
        int at = list.size() - 1;
        while (at >= 0 && list.get(at).first > time) {
            at--;
        }
        if (at < 0 || list.get(at).last < time) {
            at++;
            list.add(at, new Bucket(log.layout, time, time));
        }
        list.get(at).add(log, row);
        if (list.size() > MOST) {
            mergeTwo(log.newest());
        }
    }

    /** The bucket of an event; null if none covers its time. */
    @Nullable
    Bucket find(long time) {
        for (int i = list.size() - 1; i >= 0; i--) {
            Bucket bucket = list.get(i);
            if (bucket.first <= time && time <= bucket.last) {
                return bucket;
            }
        }
        return null;
    }

    /** Forgets those that end at a time or before it. */
    void dropUntil(long time) {
        while (!list.isEmpty() && list.get(0).last <= time) {
            list.remove(0);
        }
    }

    private void mergeTwo(long now) {
        int finest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = list.size() - 2; i >= 0; i--) {
            double coarseness = list.get(i).coarseness(list.get(i + 1), now);
            if (coarseness < least) {
                least = coarseness;
                finest = i;
            }
        }
        list.get(finest).merge(list.remove(finest + 1));
    }
}
