package dev.millrace.features.aggregates;

import java.util.ArrayList;
import java.util.List;

/** One walk over labels, from the newest event to the oldest, that serves all windows that end at the same delay. */
final class LabelScan {

    /** What a walk has found so far. */
    static final class Labels {
        double labelled;
        double positives;
        /** {@link Double#NaN} before the first. */
        double secondsSincePositive;
    }

    /** A number that is read off where a window begins. */
    interface Reading {
        double of(Labels labels);
    }

    private record Output(int window, long width, Reading reading, int target) {}

    final long delay;
    /** Labelled events that are looked at, at most. */
    final long last;

    private final List<Output> outputs = new ArrayList<>();
    private final Labels labels = new Labels();
    private final Labels withBuckets = new Labels();

    LabelScan(long delay, long last) {
        this.delay = delay;
        this.last = last;
    }

    void add(int window, long width, Reading reading, int target) {
        int at = 0;
        while (at < outputs.size() && outputs.get(at).width <= width) {
            at++;
        }
        outputs.add(at, new Output(window, width, reading, target));
    }

    void run(EntityLog log, int row, Windows windows, double[] targets) {
        long now = log.times[row];
        labels.labelled = 0;
        labels.positives = 0;
        labels.secondsSincePositive = Double.NaN;
        int at = windows.to(outputs.get(0).window);
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            for (int from = windows.from(output.window); at > from && labels.labelled < last; ) {
                at--;
                // An event that comes late must not see what became known after it.
                if (log.labels[at] != EntityLog.UNKNOWN && log.labelTimes[at] <= now) {
                    labels.labelled++;
                    if (log.labels[at] == EntityLog.POSITIVE) {
                        if (labels.positives == 0) {
                            labels.secondsSincePositive = (now - log.times[at]) / 1000.0;
                        }
                        labels.positives++;
                    }
                }
            }
            targets[output.target] =
                    output.reading.of(windows.isCoarse(output.window) ? coarse(output.window, windows, now) : labels);
        }
    }

    private Labels coarse(int window, Windows windows, long now) {
        withBuckets.labelled = labels.labelled;
        withBuckets.positives = labels.positives;
        withBuckets.secondsSincePositive = labels.secondsSincePositive;
        List<Bucket> buckets = windows.buckets();
        for (int i = buckets.size() - 1; i >= 0 && withBuckets.labelled < last; i--) {
            Bucket bucket = buckets.get(i);
            double share = windows.share(bucket, window);
            if (share == 0 || bucket.labelled == 0) {
                continue;
            }
            double labelled = Math.min(bucket.labelled * share, last - withBuckets.labelled);
            withBuckets.labelled += labelled;
            withBuckets.positives += labelled * bucket.positives / bucket.labelled;
            if (bucket.positives > 0 && Double.isNaN(withBuckets.secondsSincePositive)) {
                // Of a bucket that the end of the window cuts, the first positive is the only one that is known to be
                // inside.
                long positive =
                        bucket.lastPositive <= windows.newest(window) ? bucket.lastPositive : bucket.firstPositive;
                if (positive > windows.oldest(window) && positive <= windows.newest(window)) {
                    withBuckets.secondsSincePositive = (now - positive) / 1000.0;
                }
            }
        }
        return withBuckets;
    }
}
