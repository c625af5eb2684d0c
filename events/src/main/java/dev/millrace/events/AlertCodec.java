package dev.millrace.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Layout: version, components in order; the day as days since the epoch. */
final class AlertCodec implements Codec<Alert> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final Alert.Kind[] KINDS = Alert.Kind.values();

    @Override
    public void write(Alert alert, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        Wire.writeText(output, alert.model());
        output.writeByte(alert.kind().ordinal());
        Wire.writeSigned(output, alert.day().toEpochDay());
        Wire.writeSigned(output, alert.time());
        Wire.writeUnsigned(output, alert.place());
        Wire.writeText(output, alert.reportingId());
        Wire.writeId(output, alert.id());
        Wire.writeSigned(output, alert.eventTime());
        Wire.writeUnsigned(output, alert.shard());
        output.writeInt(Float.floatToIntBits(alert.score()));
        Wire.writeUnsigned(output, alert.modelVersion());
        Wire.writeUnsigned(output, alert.reasons().size());
        for (Alert.Reason reason : alert.reasons()) {
            Wire.writeText(output, reason.feature());
            output.writeInt(Float.floatToIntBits(reason.contribution()));
            Wire.writeText(output, reason.input());
            output.writeInt(Float.floatToIntBits(reason.value()));
        }
    }

    @Override
    public Alert read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "alert");
        return new Alert(
                Wire.readText(input),
                readKind(input),
                readDay(input),
                Wire.readSigned(input),
                Wire.readCount(input),
                Wire.readText(input),
                Wire.readId(input),
                Wire.readSigned(input),
                Wire.readCount(input),
                input.readFloat(),
                Wire.readUnsigned(input),
                readReasons(input));
    }

    private static Alert.Kind readKind(DataInput input) throws IOException {
        int ordinal = input.readUnsignedByte();
        if (ordinal >= KINDS.length) {
            throw new IOException("an alert of kind " + ordinal + ": the bytes are damaged");
        }
        return KINDS[ordinal];
    }

    private static LocalDate readDay(DataInput input) throws IOException {
        try {
            return LocalDate.ofEpochDay(Wire.readSigned(input));
        } catch (DateTimeException e) {
            throw new IOException("an alert of no day: the bytes are damaged", e);
        }
    }

    private static List<Alert.Reason> readReasons(DataInput input) throws IOException {
        int count = Wire.readCount(input);
        // Grows with what is really there.
        List<Alert.Reason> reasons = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reasons.add(
                    new Alert.Reason(Wire.readText(input), input.readFloat(), Wire.readText(input), input.readFloat()));
        }
        return reasons;
    }
}
