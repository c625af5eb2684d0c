package dev.millrace.evaluation;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A version, the kind, and the tally's own layout. */
final class TallyCodec implements Codec<Tally> {

    private static final int VERSION = 1;
    private static final ScoreKind[] KINDS = ScoreKind.values();

    @Override
    public void write(Tally tally, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        output.writeByte(tally.kind().ordinal());
        if (tally instanceof BinaryTally binary) {
            binary.write(output);
        } else if (tally instanceof MulticlassTally multiclass) {
            multiclass.write(output);
        } else if (tally instanceof RegressionTally regression) {
            regression.write(output);
        } else if (tally instanceof RankingTally ranking) {
            ranking.write(output);
        }
    }

    @Override
    public Tally read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "tally");
        return switch (readKind(input)) {
            case PROBABILITY -> BinaryTally.read(input);
            case CLASS_PROBABILITIES -> MulticlassTally.read(input);
            case VALUE -> RegressionTally.read(input);
            case RANKS -> RankingTally.read(input);
        };
    }

    static ScoreKind readKind(DataInput input) throws IOException {
        int ordinal = input.readUnsignedByte();
        if (ordinal >= KINDS.length) {
            throw new IOException("scores of kind " + ordinal + ": damaged bytes, or written by a newer release");
        }
        return KINDS[ordinal];
    }
}
