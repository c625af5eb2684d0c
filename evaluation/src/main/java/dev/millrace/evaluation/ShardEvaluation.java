package dev.millrace.evaluation;

import dev.millrace.events.Codec;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one shard of one model accumulates: its labelled scores, folded per event-time slice.
 *
 * <p>A label counts in the slice of its event, however late it comes. One that replaces an earlier label takes that one
 * back from where it was counted. The tallies so depend on the set of labels that hold; the fading sums depend on the
 * order in which the first real label of each example came, and are not corrected by revisions.
 *
 * <p>Memory: two {@link Tally} per open slice; slices end with {@link #expire}.
 *
 * <p>Mutable and not thread-safe. As state it is saved by its bytes: the live object must not be the state's value.
 */
public final class ShardEvaluation {

    public static final Codec<ShardEvaluation> CODEC = new ShardEvaluationCodec();

    private final int shard;
    /** Open slices by index. */
    private final TreeMap<Long, OpenSlice> slices = new TreeMap<>();

    private EvaluationOptions options;
    private FadingSums fading = FadingSums.NONE;
    private long reports;
    private long firstOpenSlice = Long.MIN_VALUE;
    private long labelsAfterClose;

    public ShardEvaluation(EvaluationOptions options, int shard) {
        this.options = options;
        this.shard = shard;
    }

    /**
     * Goes on under options that changed between two runs.
     *
     * @throws IllegalArgumentException unless {@link EvaluationOptions#continues} holds
     */
    public void adopt(EvaluationOptions changed) {
        changed.requireContinues(options);
        options = changed;
    }

    /** Takes a label in. Labels of one event come in the order of their stream times. */
    public void add(ScoredLabel label) {
        long index = Math.floorDiv(label.eventTime(), options.sliceMillis());
        if (index < firstOpenSlice) {
            labelsAfterClose++;
            return;
        }
        OpenSlice slice = slices.computeIfAbsent(index, any -> new OpenSlice(TallyPair.of(options)));
        if (label.replacesLabel()) {
            slice.tallies.of(label.replacedKind()).retract(label.scores(), label.replaced());
        }
        slice.tallies.of(label.kind()).add(label.scores(), label.label());
        slice.modelVersion = Math.max(slice.modelVersion, label.modelVersion());
        slice.changed = true;

        boolean firstReal = label.kind() != LabelKind.ASSUMED
                && !(label.replacesLabel() && label.replacedKind() != LabelKind.ASSUMED);
        if (firstReal && options.kind().isUsable(label.scores(), label.label(), options.classes())) {
            Loss loss = Loss.of(options.kind(), label.scores(), label.label());
            fading = fading.plus(loss, options.fadingFactor());
        }
    }

    /**
     * A report of every open slice that changed since it was last reported, in the order of the slices.
     *
     * @param time stream time now, milliseconds since the epoch
     */
    public List<SliceReport> takeChanged(long time) {
        List<SliceReport> changed = new ArrayList<>();
        slices.forEach((index, slice) -> {
            if (slice.changed) {
                slice.changed = false;
                changed.add(report(index, slice.tallies.copy(), slice.modelVersion, false, time));
            }
        });
        return changed;
    }

    /**
     * Closes every slice whose end plus {@code keep} is at or before the time: the last report of each, in the order of
     * the slices, changed or not. Labels for them that come all the same are counted and left out.
     *
     * @param time stream time now, milliseconds since the epoch
     */
    public List<SliceReport> expire(long time) {
        List<SliceReport> closed = new ArrayList<>();
        while (!slices.isEmpty() && nextClose() <= time) {
            Map.Entry<Long, OpenSlice> first = slices.pollFirstEntry();
            OpenSlice slice = first.getValue();
            closed.add(report(first.getKey(), slice.tallies, slice.modelVersion, true, time));
        }
        long keep = options.keep().toMillis();
        if (time >= Long.MIN_VALUE + keep) {
            firstOpenSlice = Math.max(firstOpenSlice, Math.floorDiv(time - keep, options.sliceMillis()));
        }
        return closed;
    }

    /** The stream time at which {@link #expire} has something to close; {@link Long#MAX_VALUE} if nothing is open. */
    public long nextClose() {
        if (slices.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long end = (slices.firstKey() + 1) * options.sliceMillis();
        long keep = options.keep().toMillis();
        return end > Long.MAX_VALUE - keep ? Long.MAX_VALUE : end + keep;
    }

    private SliceReport report(long index, TallyPair tallies, long modelVersion, boolean closed, long time) {
        return new SliceReport(
                options.model(),
                shard,
                reports++,
                index * options.sliceMillis(),
                options.sliceMillis(),
                tallies.real(),
                tallies.assumed(),
                fading,
                modelVersion,
                closed,
                time);
    }

    public EvaluationOptions options() {
        return options;
    }

    public int shard() {
        return shard;
    }

    public int openSlices() {
        return slices.size();
    }

    public boolean hasChanges() {
        return slices.values().stream().anyMatch(slice -> slice.changed);
    }

    /** Labels that came after their slice was closed and are in no tally. */
    public long labelsAfterClose() {
        return labelsAfterClose;
    }

    private static final class OpenSlice {
        private final TallyPair tallies;
        private long modelVersion;
        private boolean changed;

        OpenSlice(TallyPair tallies) {
            this.tallies = tallies;
        }
    }

    private static final class ShardEvaluationCodec implements Codec<ShardEvaluation> {
        private static final int VERSION = 1;

        @Override
        public void write(ShardEvaluation evaluation, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            evaluation.options.write(output);
            Wire.writeUnsigned(output, evaluation.shard);
            evaluation.fading.write(output);
            Wire.writeUnsigned(output, evaluation.reports);
            output.writeLong(evaluation.firstOpenSlice);
            Wire.writeUnsigned(output, evaluation.labelsAfterClose);
            Wire.writeUnsigned(output, evaluation.slices.size());
            for (Map.Entry<Long, OpenSlice> entry : evaluation.slices.entrySet()) {
                OpenSlice slice = entry.getValue();
                Wire.writeSigned(output, entry.getKey());
                slice.tallies.write(output);
                Wire.writeUnsigned(output, slice.modelVersion);
                output.writeBoolean(slice.changed);
            }
        }

        @Override
        public ShardEvaluation read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "evaluation of a shard");
            ShardEvaluation evaluation = new ShardEvaluation(EvaluationOptions.read(input), Wire.readCount(input));
            evaluation.fading = FadingSums.read(input);
            evaluation.reports = Wire.readUnsigned(input);
            evaluation.firstOpenSlice = input.readLong();
            evaluation.labelsAfterClose = Wire.readUnsigned(input);
            int slices = Wire.readCount(input);
            for (int i = 0; i < slices; i++) {
                long index = Wire.readSigned(input);
                OpenSlice slice = new OpenSlice(TallyPair.read(input));
                slice.modelVersion = Wire.readUnsigned(input);
                slice.changed = input.readBoolean();
                evaluation.slices.put(index, slice);
            }
            return evaluation;
        }
    }
}
