package dev.millrace.features.aggregates;

import java.util.ArrayList;
import java.util.List;

/** The different windows of an aggregator, and which rows of a log lie in each. */
final class Windows {

    private final List<Window> windows = new ArrayList<>();
    private int[] from = {};
    private int[] to = {};

    /** The window's number; a new one for a window not seen before. */
    int number(Window window) {
        int known = windows.indexOf(window);
        if (known >= 0) {
            return known;
        }
        windows.add(window);
        from = new int[windows.size()];
        to = new int[windows.size()];
        return windows.size() - 1;
    }

    /** Finds the rows for the event in {@code row}; rows after it do not count. */
    void locate(EntityLog log, int row) {
        long time = log.times[row];
        for (int i = 0; i < from.length; i++) {
            Window window = windows.get(i);
            long newest = before(time, window.delayMillis());
            to[i] = window.delayMillis() == 0 ? row + 1 : log.firstAfter(newest, log.start, row + 1);
            from[i] = log.firstAfter(before(newest, window.widthMillis()), log.start, to[i]);
        }
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
