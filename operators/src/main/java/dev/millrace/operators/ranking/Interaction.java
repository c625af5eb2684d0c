package dev.millrace.operators.ranking;

import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A user takes an item.
 *
 * @param time event time, milliseconds since the epoch
 * @param weight factor of the loss, at least 0
 */
record Interaction(EventId id, long time, String user, String item, float weight, String reportingId) {

    static Interaction of(Example example, String user, String item) {
        return new Interaction(example.id(), example.time(), user, item, example.weight(), example.reportingId());
    }

    void write(DataOutput output) throws IOException {
        Wire.writeId(output, id);
        Wire.writeSigned(output, time);
        Wire.writeText(output, user);
        Wire.writeText(output, item);
        output.writeFloat(weight);
        Wire.writeText(output, reportingId);
    }

    static Interaction read(DataInput input) throws IOException {
        return new Interaction(
                Wire.readId(input),
                Wire.readSigned(input),
                Wire.readText(input),
                Wire.readText(input),
                input.readFloat(),
                Wire.readText(input));
    }
}
