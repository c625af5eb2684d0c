package dev.millrace.features.aggregates;

import java.util.ArrayList;
import java.util.List;

/**
 * One walk over the values of a field, from the newest to the oldest, that serves all windows that end at the same delay.
 *
 * <p>Whatever lies beyond a window has no part in its numbers, so they do not depend on what has been forgotten.
 */
final class NumberScan {

    /** A number that is read off where a window begins. */
    interface Reading {
        /** @param value of the event itself */
        double of(Moments moments, double value);
    }

    private record Output(int window, long width, Reading reading, int target) {}

    final int column;
    final long delay;
    /** Whether the event itself is left out; with a delay it always is. */
    final boolean before;

    /** Whether a reading needs deviations. */
    private boolean spread;

    private final List<Output> outputs = new ArrayList<>();
    private final Moments moments = new Moments();
    private final Moments withBuckets = new Moments();

    NumberScan(int column, long delay, boolean before) {
        this.column = column;
        this.delay = delay;
        this.before = before;
    }

    /** @param needsSpread whether the reading needs deviations */
    void add(int window, long width, Reading reading, boolean needsSpread, int target) {
        spread |= needsSpread;
        int at = 0;
        while (at < outputs.size() && outputs.get(at).width <= width) {
            at++;
        }
        outputs.add(at, new Output(window, width, reading, target));
    }

    void run(EntityLog log, int row, Windows windows, double[] targets) {
        double[] values = log.numbers[column];
        double value = values[row];
        moments.clear();
        int at = before && delay == 0 ? row : windows.to(outputs.get(0).window);
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            int from = windows.from(output.window);
            if (spread) {
                while (at > from) {
                    moments.add(values[--at]);
                }
            } else {
                while (at > from) {
                    moments.addPlainly(values[--at]);
                }
            }
            targets[output.target] = output.reading.of(
                    windows.isCoarse(output.window) ? coarse(output.window, windows) : moments, value);
        }
    }

    private Moments coarse(int window, Windows windows) {
        withBuckets.copy(moments);
        List<Bucket> buckets = windows.buckets();
        for (int i = buckets.size() - 1; i >= 0; i--) {
            double share = windows.share(buckets.get(i), window);
            if (share > 0) {
                withBuckets.merge(buckets.get(i).moments, column, share);
            }
        }
        return withBuckets;
    }
}
