package dev.millrace.features.aggregates;

import java.util.ArrayList;
import java.util.List;

/** The different windows of an aggregator, and which rows of a log lie in each. */
final class Windows {

    private final List<Window> windows = new ArrayList<>();
    private int[] from = {};
    private int[] to = {};
    private long[] oldest = {};
    private long[] newest = {};
    private List<Bucket> buckets = List.of();
    private long newestBucket = Long.MIN_VALUE;

    /** The window's number; a new one for a window not seen before. */
    int number(Window window) {
        int known = windows.indexOf(window);
        if (known >= 0) {
            return known;
        }
        windows.add(window);
        from = new int[windows.size()];
        to = new int[windows.size()];
        oldest = new long[windows.size()];
        newest = new long[windows.size()];
        return windows.size() - 1;
    }

    /** Finds the rows for the event in {@code row}; rows after it do not count. */
    void locate(EntityLog log, int row) {
        long time = log.times[row];
        buckets = log.buckets.list;
        newestBucket = log.buckets.newest();
        for (int i = 0; i < from.length; i++) {
            Window window = windows.get(i);
            newest[i] = before(time, window.delayMillis());
            oldest[i] = before(newest[i], window.widthMillis());
            to[i] = window.delayMillis() == 0 ? row + 1 : log.firstAfter(newest[i], log.start, row + 1);
            from[i] = log.firstAfter(oldest[i], log.start, to[i]);
        }
    }

    /** Whether the window may reach into the buckets of the log. */
    boolean isCoarse(int window) {
        return oldest[window] < newestBucket;
    }

    /** Oldest first. */
    List<Bucket> buckets() {
        return buckets;
    }

    /** What part of a bucket lies in the window, from 0 to 1. */
    double share(Bucket bucket, int window) {
        return bucket.share(oldest[window], newest[window]);
    }

    /** The window begins after it. */
    long oldest(int window) {
        return oldest[window];
    }

    /** The window ends with it. */
    long newest(int window) {
        return newest[window];
    }

    /** First row in the window. */
    int from(int window) {
        return from[window];
    }

    /** One after the last row in the window; the event itself is the last one if the window has no delay. */
    int to(int window) {
        return to[window];
    }

    /** Does not wrap around. */
    static long before(long time, long millis) {
        long result = time - millis;
        return result > time ? Long.MIN_VALUE : result;
    }

    /** Does not wrap around. */
    static long after(long time, long millis) {
        long result = time + millis;
        return result < time ? Long.MAX_VALUE : result;
    }
}
