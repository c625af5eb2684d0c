package dev.millrace.evaluation;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the one merger keeps for one model: the newest report of each open slice and shard, and the sums over them.
 *
 * <p>A report replaces the one before it in every sum: the old tallies are subtracted, the new ones added. Tallies are
 * exact, so each sum is at any time precisely the fold of the newest reports, in whatever order they came. Only fading
 * sums are rounded; they are added in the order of the shards' indices when a row is made.
 *
 * <p>Memory: two {@link Tally} per open slice and shard; two per slice that is open or may still be within a sliding
 * window; two per shard with rows of its own; four for the totals. Of a closed slice nothing else remains.
 *
 * <p>Mutable and not thread-safe. As state it is saved by its bytes: the live object must not be the state's value.
 */
public final class MergedEvaluation {

    public static final Codec<MergedEvaluation> CODEC = new MergedEvaluationCodec();

    /** By start. */
    private final TreeMap<Long, MergedSlice> slices;

    private final TreeMap<Integer, MergedShard> shards;
    /** Starts of the slices that changed since rows were last taken. */
    private final TreeSet<Long> changed;

    private final Span total;
    private final Span since;
    private EvaluationOptions options;
    private long newestTime;

    public MergedEvaluation(EvaluationOptions options) {
        this(options, new Span(options), new Span(options), Long.MIN_VALUE);
    }

    private MergedEvaluation(EvaluationOptions options, Span total, Span since, long newestTime) {
        this.options = options;
        this.total = total;
        this.since = since;
        this.newestTime = newestTime;
        this.slices = new TreeMap<>();
        this.shards = new TreeMap<>();
        this.changed = new TreeSet<>();
    }

    /**
     * Goes on under options that changed between two runs.
     *
     * @throws IllegalArgumentException unless {@link EvaluationOptions#continues} holds
     */
    public void adopt(EvaluationOptions changedOptions) {
        changedOptions.requireContinues(options);
        options = changedOptions;
    }

    /**
     * Takes a report in. Reports of one shard come in the order of their sequence; one that is not newer than the last of
     * its shard is a repetition and changes nothing.
     *
     * @throws IllegalArgumentException if the report is of another model, kind of score or length of slice
     */
    public void accept(SliceReport report) {
        requireFits(report);
        MergedShard shard = shards.computeIfAbsent(report.shard(), this::newShard);
        if (report.sequence() <= shard.lastSequence) {
            return;
        }
        MergedSlice slice = slices.computeIfAbsent(report.sliceStart(), start -> new MergedSlice(new Span(options)));
        SliceReport before =
                report.closed() ? slice.open.remove(report.shard()) : slice.open.put(report.shard(), report);

        slice.span.replace(before, report);
        total.replace(before, report);
        if (options.reportFrom() != null
                && report.sliceStart() >= options.reportFrom().toEpochMilli()) {
            since.replace(before, report);
        }
        if (shard.span != null) {
            shard.span.replace(before, report);
        }
        shard.lastSequence = report.sequence();
        shard.fading = report.fading();
        changed.add(report.sliceStart());
        newestTime = Math.max(newestTime, report.time());
    }

    private void requireFits(SliceReport report) {
        Tally tally = report.real();
        if (!report.model().equals(options.model())
                || report.sliceMillis() != options.sliceMillis()
                || tally.kind() != options.kind()
                || tally.classes() != options.classes()) {
            throw new IllegalArgumentException("a report must be of what is merged, " + options + ", got one of model "
                    + report.model() + ", " + tally.kind() + " with " + tally.classes() + " classes, in slices of "
                    + report.sliceMillis() + " ms; begin the evaluation of shards and merger anew together");
        }
    }

    private MergedShard newShard(int index) {
        return new MergedShard(index < options.shardRows() ? new Span(options) : null);
    }

    /**
     * The rows that changed since they were last taken: changed slices and the sliding windows they are part of, by time;
     * then {@link #summary}. Nothing if no report came. Forgets closed slices that no row needs any more.
     */
    public List<MetricRow> takeChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<MetricRow> rows = new ArrayList<>();
        slices.forEach((start, slice) -> {
            if (changed.contains(start)) {
                addRows(rows, MetricScope.SLICE, MetricRow.ALL_SHARDS, slice.span);
            }
        });
        if (options.slidingSlices() > 1) {
            for (long end : touchedWindows()) {
                addRows(rows, MetricScope.SLIDING, MetricRow.ALL_SHARDS, window(end));
            }
        }
        rows.addAll(summary());
        changed.clear();
        forgetClosed();
        return rows;
    }

    /** Starts of the slices, among those there are, whose window reaches back to a changed one. */
    private TreeSet<Long> touchedWindows() {
        TreeSet<Long> touched = new TreeSet<>();
        for (long start : changed) {
            touched.addAll(
                    slices.subMap(start, true, start + windowReach(), true).keySet());
        }
        return touched;
    }

    /** From the start of a window's first slice to that of its last. */
    private long windowReach() {
        return (options.slidingSlices() - 1) * options.sliceMillis();
    }

    private Span window(long lastStart) {
        Span window = new Span(options);
        slices.subMap(lastStart - windowReach(), true, lastStart, true)
                .values()
                .forEach(slice -> window.include(slice.span));
        return window;
    }

    /**
     * A slice is of use while it is open, or while a window that ends with an open slice, or with the newest one, reaches
     * back to it. One window more is kept for shards that are behind.
     */
    private void forgetClosed() {
        long firstNeeded = slices.lastKey();
        for (Map.Entry<Long, MergedSlice> entry : slices.entrySet()) {
            if (!entry.getValue().open.isEmpty()) {
                firstNeeded = entry.getKey();
                break;
            }
        }
        long first = firstNeeded - options.slidingSlices() * options.sliceMillis();
        slices.headMap(first, false).values().removeIf(slice -> slice.open.isEmpty());
    }

    /** Rows over all slices: fading, total, since, and shards by index. Nothing before the first report. */
    public List<MetricRow> summary() {
        List<MetricRow> rows = new ArrayList<>();
        if (total.isEmpty()) {
            return rows;
        }
        rows.add(fadingRow());
        addRows(rows, MetricScope.TOTAL, MetricRow.ALL_SHARDS, total);
        if (!since.isEmpty()) {
            addRows(rows, MetricScope.SINCE, MetricRow.ALL_SHARDS, since);
        }
        shards.forEach((index, shard) -> {
            if (shard.span != null) {
                addRows(rows, MetricScope.SHARD, index, shard.span);
            }
        });
        return rows;
    }

    private MetricRow fadingRow() {
        FadingSums sums = FadingSums.NONE;
        for (MergedShard shard : shards.values()) {
            sums = sums.merge(shard.fading);
        }
        return new MetricRow(
                options.pipeline(),
                options.model(),
                MetricScope.FADING,
                MetricRow.ALL_SHARDS,
                total.start(),
                total.end(),
                MeasuredLabels.REAL,
                sums.count(),
                MetricRow.NO_POSITIVES,
                total.tallies().real().invalid(),
                sums.metrics(options.kind()),
                total.modelVersion(),
                newestTime);
    }

    private void addRows(List<MetricRow> rows, MetricScope scope, int shard, Span span) {
        rows.add(row(scope, shard, span, MeasuredLabels.REAL, span.tallies().real()));
        if (options.assumesMissing()) {
            rows.add(row(scope, shard, span, MeasuredLabels.ALL, span.tallies().all()));
        }
    }

    private MetricRow row(MetricScope scope, int shard, Span span, MeasuredLabels labels, Tally tally) {
        // The window of a sliding row is as long at the start of a stream as it is everywhere.
        long start = scope == MetricScope.SLIDING
                ? span.end() - options.slidingSlices() * options.sliceMillis()
                : span.start();
        return new MetricRow(
                options.pipeline(),
                options.model(),
                scope,
                shard,
                start,
                span.end(),
                labels,
                tally.count(),
                tally.positives(),
                tally.invalid(),
                tally.metrics(),
                span.modelVersion(),
                newestTime);
    }

    public EvaluationOptions options() {
        return options;
    }

    /** Reports held: one per open slice and shard. */
    public int openReports() {
        return slices.values().stream().mapToInt(slice -> slice.open.size()).sum();
    }

    /** Slices held, open or still within a sliding window. */
    public int heldSlices() {
        return slices.size();
    }

    private static final class MergedSlice {
        private final Span span;
        /** Newest reports by shard. */
        private final TreeMap<Integer, SliceReport> open = new TreeMap<>();

        MergedSlice(Span span) {
            this.span = span;
        }
    }

    private static final class MergedShard {
        /** Null for a shard without rows of its own. */
        private final @Nullable Span span;

        private long lastSequence = -1;
        private FadingSums fading = FadingSums.NONE;

        MergedShard(@Nullable Span span) {
            this.span = span;
        }
    }

    private static final class MergedEvaluationCodec implements Codec<MergedEvaluation> {
        private static final int VERSION = 1;

        @Override
        public void write(MergedEvaluation evaluation, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            evaluation.options.write(output);
            evaluation.total.write(output);
            evaluation.since.write(output);
            output.writeLong(evaluation.newestTime);
            Wire.writeUnsigned(output, evaluation.shards.size());
            for (Map.Entry<Integer, MergedShard> entry : evaluation.shards.entrySet()) {
                MergedShard shard = entry.getValue();
                Wire.writeUnsigned(output, entry.getKey());
                output.writeBoolean(shard.span != null);
                if (shard.span != null) {
                    shard.span.write(output);
                }
                Wire.writeSigned(output, shard.lastSequence);
                shard.fading.write(output);
            }
            Wire.writeUnsigned(output, evaluation.slices.size());
            for (Map.Entry<Long, MergedSlice> entry : evaluation.slices.entrySet()) {
                Wire.writeSigned(output, entry.getKey());
                entry.getValue().span.write(output);
                Wire.writeUnsigned(output, entry.getValue().open.size());
                for (SliceReport report : entry.getValue().open.values()) {
                    SliceReport.CODEC.write(report, output);
                }
                output.writeBoolean(evaluation.changed.contains(entry.getKey()));
            }
        }

        @Override
        public MergedEvaluation read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "merged evaluation");
            MergedEvaluation evaluation = new MergedEvaluation(
                    EvaluationOptions.read(input), Span.read(input), Span.read(input), input.readLong());
            int shards = Wire.readCount(input);
            for (int i = 0; i < shards; i++) {
                int index = Wire.readCount(input);
                MergedShard shard = new MergedShard(input.readBoolean() ? Span.read(input) : null);
                shard.lastSequence = Wire.readSigned(input);
                shard.fading = FadingSums.read(input);
                evaluation.shards.put(index, shard);
            }
            int slices = Wire.readCount(input);
            for (int i = 0; i < slices; i++) {
                long start = Wire.readSigned(input);
                MergedSlice slice = new MergedSlice(Span.read(input));
                int open = Wire.readCount(input);
                for (int j = 0; j < open; j++) {
                    SliceReport report = SliceReport.CODEC.read(input);
                    slice.open.put(report.shard(), report);
                }
                evaluation.slices.put(start, slice);
                if (input.readBoolean()) {
                    evaluation.changed.add(start);
                }
            }
            return evaluation;
        }
    }
}
