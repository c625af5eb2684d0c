package dev.millrace.connectors;

import dev.millrace.connectors.format.RejectReason;
import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The layout is in the order of the write calls; the reason by its code. */
final class RejectedRecordCodec implements Codec<RejectedRecord> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public void write(RejectedRecord record, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        Wire.writeText(output, record.reason().code());
        Wire.writeText(output, record.detail());
        Wire.writeText(output, record.topic());
        Wire.writeUnsigned(output, record.partition());
        Wire.writeUnsigned(output, record.offset());
        Wire.writeSigned(output, record.timestamp());
        writeBytes(output, record.key());
        writeBytes(output, record.value());
        Wire.writeUnsigned(output, record.originalBytes());
    }

    @Override
    public RejectedRecord read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "rejected record");
        return new RejectedRecord(
                readReason(input),
                Wire.readText(input),
                Wire.readText(input),
                Wire.readCount(input),
                Wire.readUnsigned(input),
                Wire.readSigned(input),
                readBytes(input),
                readBytes(input),
                Wire.readCount(input));
    }

    private static RejectReason readReason(DataInput input) throws IOException {
        String code = Wire.readText(input);
        return Arrays.stream(RejectReason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "reject reason '" + code + "' is unknown: damaged bytes, or written by a newer release"));
    }

    /** One more than the length, 0 for null. */
    private static void writeBytes(DataOutput output, byte @Nullable [] bytes) throws IOException {
        Wire.writeUnsigned(output, bytes == null ? 0 : bytes.length + 1L);
        if (bytes != null) {
            output.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInput input) throws IOException {
        int length = Wire.readCount(input) - 1;
        return length < 0 ? null : Wire.readBytes(input, length);
    }
}
