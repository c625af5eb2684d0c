package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, and over which parts of the stream.
 *
 * @param classes 2 for probabilities, the number of classes for several, 0 for values and ranks
 * @param slice length of an event-time slice, whole milliseconds, at least 1; slice n covers [n · slice, (n + 1) · slice)
 * @param keep how long after its event a label may still come or change, at least 0, whole milliseconds. A slice is
 *     closed this long after its end. Where an event carries its label, give the lateness that events may have
 * @param slidingSlices number of slices of a sliding window, 1 to 1000; 1 gives none, it would be the slice itself
 * @param fadingFactor α of {@link FadingSums}, above 0 and below 1
 * @param reportFrom start of the "since" total: slices that start at or after it; null for none
 * @param shardRows shards below this index get rows of their own, at least 0. Others count in everything else
 * @param assumesMissing whether missing labels are taken as negatives: only then there are rows that include them
 */
public record EvaluationOptions(
        String pipeline,
        String model,
        ScoreKind kind,
        int classes,
        Duration slice,
        Duration keep,
        int slidingSlices,
        double fadingFactor,
        @Nullable Instant reportFrom,
        int shardRows,
        boolean assumesMissing)
        implements Serializable {

    public static final int DEFAULT_SLIDING_SLICES = 7;
    public static final double DEFAULT_FADING_FACTOR = 0.999;
    public static final int DEFAULT_SHARD_ROWS = 32;

    public EvaluationOptions {
        kind.requireClasses(classes);
        require(wholeMillis(slice) && slice.toMillis() >= 1, "slice", "whole milliseconds, at least 1", slice, "PT24H");
        require(wholeMillis(keep) && !keep.isNegative(), "keep", "whole milliseconds, at least 0", keep, "PT720H");
        require(slidingSlices >= 1 && slidingSlices <= 1000, "slidingSlices", "1 to 1000", slidingSlices, 7);
        require(fadingFactor > 0 && fadingFactor < 1, "fadingFactor", "above 0 and below 1", fadingFactor, 0.999);
        require(shardRows >= 0, "shardRows", "at least 0", shardRows, 32);
    }

    /** The defaults: a week's window of daily slices, a memory of about 1000 examples, no start of a report. */
    public static EvaluationOptions of(
            String pipeline, String model, ScoreKind kind, int classes, Duration slice, Duration keep) {
        return new EvaluationOptions(
                pipeline,
                model,
                kind,
                classes,
                slice,
                keep,
                DEFAULT_SLIDING_SLICES,
                DEFAULT_FADING_FACTOR,
                null,
                DEFAULT_SHARD_ROWS,
                false);
    }

    public EvaluationOptions withAssumedLabels() {
        return new EvaluationOptions(
                pipeline, model, kind, classes, slice, keep, slidingSlices, fadingFactor, reportFrom, shardRows, true);
    }

    public EvaluationOptions withReportFrom(Instant start) {
        return new EvaluationOptions(
                pipeline,
                model,
                kind,
                classes,
                slice,
                keep,
                slidingSlices,
                fadingFactor,
                start,
                shardRows,
                assumesMissing);
    }

    /**
     * Whether state that was gathered under the other options may go on under these. The state of the shards and that of
     * their merger go on or begin anew together.
     */
    public boolean continues(EvaluationOptions other) {
        return model.equals(other.model)
                && kind == other.kind
                && classes == other.classes
                && slice.equals(other.slice)
                && Objects.equals(reportFrom, other.reportFrom)
                && shardRows == other.shardRows;
    }

    long sliceMillis() {
        return slice.toMillis();
    }

    void requireContinues(EvaluationOptions other) {
        if (!continues(other)) {
            throw new IllegalArgumentException(
                    "an evaluation must keep the model, kind of score, classes, slice, start of"
                            + " the report and shard rows that it began with, " + other + ", got " + this
                            + "; begin it anew");
        }
    }

    private static boolean wholeMillis(Duration duration) {
        return duration.getNano() % 1_000_000 == 0 && duration.abs().compareTo(Duration.ofMillis(Long.MAX_VALUE)) <= 0;
    }

    private static void require(boolean holds, String key, String rule, Object value, Object instance) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "evaluation " + key + " must be " + rule + ", got " + value + "; for instance " + instance);
        }
    }

    void write(DataOutput output) throws IOException {
        Wire.writeText(output, pipeline);
        Wire.writeText(output, model);
        output.writeByte(kind.ordinal());
        Wire.writeUnsigned(output, classes);
        Wire.writeUnsigned(output, slice.toMillis());
        Wire.writeUnsigned(output, keep.toMillis());
        Wire.writeUnsigned(output, slidingSlices);
        output.writeLong(Double.doubleToLongBits(fadingFactor));
        output.writeBoolean(reportFrom != null);
        if (reportFrom != null) {
            Wire.writeSigned(output, reportFrom.toEpochMilli());
        }
        Wire.writeUnsigned(output, shardRows);
        output.writeBoolean(assumesMissing);
    }

    static EvaluationOptions read(DataInput input) throws IOException {
        return new EvaluationOptions(
                Wire.readText(input),
                Wire.readText(input),
                TallyCodec.readKind(input),
                Wire.readCount(input),
                Duration.ofMillis(Wire.readUnsigned(input)),
                Duration.ofMillis(Wire.readUnsigned(input)),
                Wire.readCount(input),
                Double.longBitsToDouble(input.readLong()),
                input.readBoolean() ? Instant.ofEpochMilli(Wire.readSigned(input)) : null,
                Wire.readCount(input),
                input.readBoolean());
    }
}
