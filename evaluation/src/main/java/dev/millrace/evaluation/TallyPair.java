package dev.millrace.evaluation;

import dev.millrace.events.LabelKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The scores of one group, those with labels that came apart from those whose label is assumed. */
record TallyPair(Tally real, Tally assumed) {

    static TallyPair of(EvaluationOptions options) {
        return new TallyPair(Tally.of(options.kind(), options.classes()), Tally.of(options.kind(), options.classes()));
    }

    Tally of(LabelKind kind) {
        return switch (kind) {
            case REAL, REVISED -> real;
            case ASSUMED -> assumed;
        };
    }

    void merge(TallyPair other) {
        real.merge(other.real);
        assumed.merge(other.assumed);
    }

    void subtract(TallyPair other) {
        real.subtract(other.real);
        assumed.subtract(other.assumed);
    }

    TallyPair copy() {
        return new TallyPair(real.copy(), assumed.copy());
    }

    Tally all() {
        Tally all = real.copy();
        all.merge(assumed);
        return all;
    }

    void write(DataOutput output) throws IOException {
        Tally.CODEC.write(real, output);
        Tally.CODEC.write(assumed, output);
    }

    static TallyPair read(DataInput input) throws IOException {
        return new TallyPair(Tally.CODEC.read(input), Tally.CODEC.read(input));
    }
}
