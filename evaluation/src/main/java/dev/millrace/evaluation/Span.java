package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A part of the stream and the sum of the reports on it. Mutable. */
final class Span {

    private final TallyPair tallies;
    private long start = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private long modelVersion;

    Span(EvaluationOptions options) {
        this(TallyPair.of(options));
    }

    private Span(TallyPair tallies) {
        this.tallies = tallies;
    }

    /** Puts a report into the place of the one before it, null for the first. */
    void replace(@Nullable SliceReport before, SliceReport report) {
        if (before != null) {
            tallies.real().subtract(before.real());
            tallies.assumed().subtract(before.assumed());
        }
        tallies.real().merge(report.real());
        tallies.assumed().merge(report.assumed());
        cover(report.sliceStart(), report.sliceStart() + report.sliceMillis(), report.modelVersion());
    }

    void include(Span other) {
        tallies.merge(other.tallies);
        cover(other.start, other.end, other.modelVersion);
    }

    private void cover(long from, long to, long version) {
        start = Math.min(start, from);
        end = Math.max(end, to);
        modelVersion = Math.max(modelVersion, version);
    }

    TallyPair tallies() {
        return tallies;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    long modelVersion() {
        return modelVersion;
    }

    boolean isEmpty() {
        return start > end;
    }

    void write(DataOutput output) throws IOException {
        tallies.write(output);
        output.writeLong(start);
        output.writeLong(end);
        Wire.writeUnsigned(output, modelVersion);
    }

    static Span read(DataInput input) throws IOException {
        Span span = new Span(TallyPair.read(input));
        span.start = input.readLong();
        span.end = input.readLong();
        span.modelVersion = Wire.readUnsigned(input);
        return span;
    }
}
