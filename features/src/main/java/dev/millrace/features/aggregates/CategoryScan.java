package dev.millrace.features.aggregates;

import java.util.ArrayList;
import java.util.List;

/** One walk over the categories of a field that counts different ones, for all windows that end at the same delay. */
final class CategoryScan {

    private record Output(int window, long width, int target) {}

    final int column;
    final long delay;

    private final List<Output> outputs = new ArrayList<>();
    private final HashCounter counter = new HashCounter();
    private final byte[] sketch = DistinctSketch.empty();

    CategoryScan(int column, long delay) {
        this.column = column;
        this.delay = delay;
    }

    void add(int window, long width, int target) {
        int at = 0;
        while (at < outputs.size() && outputs.get(at).width <= width) {
            at++;
        }
        outputs.add(at, new Output(window, width, target));
    }

    void run(EntityLog log, Windows windows, double[] targets) {
        long[] hashes = log.categories[column];
        int at = windows.to(outputs.get(0).window);
        counter.clear(at - windows.from(outputs.get(outputs.size() - 1).window));
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            for (int from = windows.from(output.window); at > from; ) {
                counter.add(hashes[--at]);
            }
            targets[output.target] =
                    windows.isCoarse(output.window) ? coarse(hashes, output.window, windows) : counter.count();
        }
    }

    /** By an estimate that knows the events of the buckets too; never less than what is counted. */
    private double coarse(long[] hashes, int window, Windows windows) {
        DistinctSketch.clear(sketch);
        boolean any = false;
        for (Bucket bucket : windows.buckets()) {
            if (windows.share(bucket, window) >= 0.5) {
                DistinctSketch.union(sketch, bucket.categories[column]);
                any = true;
            }
        }
        if (!any) {
            return counter.count();
        }
        for (int row = windows.from(window); row < windows.to(window); row++) {
            DistinctSketch.add(sketch, hashes[row]);
        }
        return Math.max(counter.count(), DistinctSketch.estimate(sketch));
    }
}
