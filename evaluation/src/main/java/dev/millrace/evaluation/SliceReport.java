package dev.millrace.evaluation;

import dev.millrace.events.Codec;
import dev.millrace.events.EventId;
import dev.millrace.events.Ordered;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * All that one shard knows of one slice at one time: a newer report of the same slice and shard replaces it.
 *
 * @param shard 0 to {@value #MOST_SHARDS} − 1
 * @param sequence number of reports that the shard made before, over all slices
 * @param sliceStart event time of the slice's start, milliseconds since the epoch
 * @param sliceMillis length of the slice
 * @param real labels that came; not to be changed
 * @param assumed labels that are assumed; not to be changed
 * @param fading of the whole shard at the time of the report
 * @param modelVersion newest version of the weights that scored in this slice, in updates
 * @param closed whether this is the last report of the slice
 * @param time stream time of the report, milliseconds since the epoch
 */
public record SliceReport(
        String model,
        int shard,
        long sequence,
        long sliceStart,
        long sliceMillis,
        Tally real,
        Tally assumed,
        FadingSums fading,
        long modelVersion,
        boolean closed,
        long time)
        implements Ordered {

    public static final int MOST_SHARDS = 1 << 16;
    public static final Codec<SliceReport> CODEC = new SliceReportCodec();

    public SliceReport {
        if (shard < 0 || shard >= MOST_SHARDS) {
            throw new IllegalArgumentException("shard of a report must be 0 to " + (MOST_SHARDS - 1) + ", got " + shard
                    + "; run the evaluation with fewer shards");
        }
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return RANK_EVENT;
    }

    /** Of sequence and shard: reports of one time stay in the order in which each shard made them. */
    @Override
    public EventId id() {
        return EventId.of(sequence * MOST_SHARDS + shard);
    }

    private static final class SliceReportCodec implements Codec<SliceReport> {
        private static final int VERSION = 1;

        @Override
        public void write(SliceReport report, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeText(output, report.model);
            Wire.writeUnsigned(output, report.shard);
            Wire.writeUnsigned(output, report.sequence);
            Wire.writeSigned(output, report.sliceStart);
            Wire.writeUnsigned(output, report.sliceMillis);
            Tally.CODEC.write(report.real, output);
            Tally.CODEC.write(report.assumed, output);
            report.fading.write(output);
            Wire.writeUnsigned(output, report.modelVersion);
            output.writeBoolean(report.closed);
            Wire.writeSigned(output, report.time);
        }

        @Override
        public SliceReport read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "slice report");
            return new SliceReport(
                    Wire.readText(input),
                    Wire.readCount(input),
                    Wire.readUnsigned(input),
                    Wire.readSigned(input),
                    Wire.readUnsigned(input),
                    Tally.CODEC.read(input),
                    Tally.CODEC.read(input),
                    FadingSums.read(input),
                    Wire.readUnsigned(input),
                    input.readBoolean(),
                    Wire.readSigned(input));
        }
    }
}
