package dev.millrace.operators.summary;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import dev.millrace.features.labels.LabelOutcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What one subtask of the label router has counted. */
public final class LabelCounts implements EndReport {

    public static final Codec<LabelCounts> CODEC = new LabelCountsCodec();

    private final int subtask;
    private final long remembered;
    private final long[] counts;

    /**
     * @param subtask index of the subtask that counted
     * @param counts by ordinal of {@link LabelOutcome}
     */
    public LabelCounts(int subtask, long remembered, long[] counts) {
        this.subtask = subtask;
        this.remembered = remembered;
        this.counts = counts.clone();
    }

    public int subtask() {
        return subtask;
    }

    /** Event ids that were remembered: their labels may still come or change. */
    public long remembered() {
        return remembered;
    }

    public long count(LabelOutcome outcome) {
        return outcome.ordinal() < counts.length ? counts[outcome.ordinal()] : 0;
    }

    private static final class LabelCountsCodec implements Codec<LabelCounts> {

        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;

        @Override
        public void write(LabelCounts value, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeUnsigned(output, value.subtask);
            Wire.writeSigned(output, value.remembered);
            Wire.writeCounts(output, value.counts);
        }

        @Override
        public LabelCounts read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "label counts");
            return new LabelCounts(Wire.readCount(input), Wire.readSigned(input), Wire.readCounts(input));
        }
    }
}
