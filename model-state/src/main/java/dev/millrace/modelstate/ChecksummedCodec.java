package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * A codec that notices damage. Flink restores a bit-flipped heap snapshot without an error, and a network with one wrong
 * exponent still gives scores; so what makes up the model is verified whenever it is read.
 *
 * <p>Layout: version (1 byte), payload length, CRC-32C of version and payload (4 bytes), payload.
 */
abstract class ChecksummedCodec<T> implements Codec<T> {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final int version;

    /**
     * @param what names the state in errors
     * @param version newest version of the payload's layout
     */
    ChecksummedCodec(String what, int version) {
        this.what = what;
        this.version = version;
    }

    abstract void writePayload(T value, DataOutput output) throws IOException;

    abstract T readPayload(DataInput input, int payloadVersion) throws IOException;

    @Override
    public final void write(T value, DataOutput output) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writePayload(value, new DataOutputStream(bytes));
        byte[] payload = bytes.toByteArray();
        output.writeByte(version);
        Wire.writeUnsigned(output, payload.length);
        output.writeInt(checksum(version, payload));
        output.write(payload);
    }

    @Override
    public final T read(DataInput input) throws IOException {
        int payloadVersion = Wire.readVersion(input, version, what);
        int length = Wire.readCount(input);
        int expected = input.readInt();
        byte[] payload = Wire.readBytes(input, length);
        int actual = checksum(payloadVersion, payload);
        if (actual != expected) {
            throw new IOException(String.format(
                    "the checksum of the %s must be %08x as it was saved, got %08x: the snapshot is damaged;"
                            + " restore an earlier one",
                    what, expected, actual));
        }
        return readPayload(new DataInputStream(new ByteArrayInputStream(payload)), payloadVersion);
    }

    private static int checksum(int version, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(version);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
