package dev.millrace.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The few encodings that codecs are made of. */
public final class Wire {

    private Wire() {}

    /** Reads the version byte and refuses one that is newer than this code. */
    public static int readVersion(DataInput input, int newest, String what) throws IOException {
        int version = input.readUnsignedByte();
        if (version == 0 || version > newest) {
            throw new IOException(what + " has layout version " + version + ", this release reads 1 to " + newest
                    + "; it was written by a newer release: upgrade before you restore");
        }
        return version;
    }

    /** Seven bits a byte, low ones first; 1 byte for 0 to 127, 10 for negative numbers. */
    public static void writeUnsigned(DataOutput output, long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            output.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        output.writeByte((int) rest);
    }

    public static long readUnsigned(DataInput input) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = input.readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a variable-length number of more than ten bytes");
    }

    /** Small magnitudes of either sign in few bytes. */
    public static void writeSigned(DataOutput output, long value) throws IOException {
        writeUnsigned(output, (value << 1) ^ (value >> 63));
    }

    public static long readSigned(DataInput input) throws IOException {
        long value = readUnsigned(input);
        return (value >>> 1) ^ -(value & 1);
    }

    public static void writeText(DataOutput output, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(output, bytes.length);
        output.write(bytes);
    }

    public static String readText(DataInput input) throws IOException {
        byte[] bytes = new byte[readCount(input)];
        input.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** One more than the length in bytes, 0 for null. */
    public static void writeNullableText(DataOutput output, @Nullable String text) throws IOException {
        if (text == null) {
            output.writeByte(0);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(output, bytes.length + 1L);
        output.write(bytes);
    }

    public static @Nullable String readNullableText(DataInput input) throws IOException {
        int length = readCount(input) - 1;
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        input.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public static void writeId(DataOutput output, EventId id) throws IOException {
        output.writeBoolean(id.isNumber());
        if (id.isNumber()) {
            writeSigned(output, id.number());
        } else {
            writeText(output, id.toString());
        }
    }

    public static EventId readId(DataInput input) throws IOException {
        return input.readBoolean() ? EventId.of(readSigned(input)) : EventId.of(readText(input));
    }

    public static void writeFloats(DataOutput output, float[] values) throws IOException {
        writeUnsigned(output, values.length);
        for (float value : values) {
            output.writeInt(Float.floatToIntBits(value));
        }
    }

    public static float[] readFloats(DataInput input) throws IOException {
        float[] values = new float[readCount(input)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(input.readInt());
        }
        return values;
    }

    public static void writeDoubles(DataOutput output, double[] values) throws IOException {
        writeUnsigned(output, values.length);
        for (double value : values) {
            output.writeLong(Double.doubleToLongBits(value));
        }
    }

    public static double[] readDoubles(DataInput input) throws IOException {
        double[] values = new double[readCount(input)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(input.readLong());
        }
        return values;
    }

    /** A length or count; anything that is none is an error and not an attempt to allocate it. */
    public static int readCount(DataInput input) throws IOException {
        long count = readUnsigned(input);
        if (count < 0 || count > Integer.MAX_VALUE - 8) {
            throw new IOException("a count of " + count + ": the bytes are damaged");
        }
        return (int) count;
    }
}
