package dev.millrace.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The few encodings that codecs are made of.
 *
 * <p>Damaged bytes are an {@link IOException}, whatever they are: a count is believed only as far as the bytes go on, so
 * that no wrong one makes a reader ask for gigabytes.
 */
public final class Wire {

    /** Elements that are allocated on the word of a count; a longer array grows with what is really there. */
    private static final int BELIEVED_COUNT = 1 << 13;

    private static final LabelKind[] LABEL_KINDS = LabelKind.values();

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
        return new String(readBytes(input, readCount(input)), StandardCharsets.UTF_8);
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
        return length < 0 ? null : new String(readBytes(input, length), StandardCharsets.UTF_8);
    }

    /** @param count how many bytes follow */
    public static byte[] readBytes(DataInput input, int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, BELIEVED_COUNT)];
        input.readFully(bytes);
        while (bytes.length < count) {
            int read = bytes.length;
            bytes = Arrays.copyOf(bytes, grown(read, count));
            input.readFully(bytes, read, bytes.length - read);
        }
        return bytes;
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
        int count = readCount(input);
        float[] values = new float[Math.min(count, BELIEVED_COUNT)];
        for (int i = 0; i < count; i++) {
            if (i == values.length) {
                values = Arrays.copyOf(values, grown(i, count));
            }
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
        int count = readCount(input);
        double[] values = new double[Math.min(count, BELIEVED_COUNT)];
        for (int i = 0; i < count; i++) {
            if (i == values.length) {
                values = Arrays.copyOf(values, grown(i, count));
            }
            values[i] = Double.longBitsToDouble(input.readLong());
        }
        return values;
    }

    /** Their number, then each as {@link #writeUnsigned}. */
    public static void writeCounts(DataOutput output, long[] counts) throws IOException {
        writeUnsigned(output, counts.length);
        for (long count : counts) {
            writeUnsigned(output, count);
        }
    }

    public static long[] readCounts(DataInput input) throws IOException {
        int count = readCount(input);
        long[] values = new long[Math.min(count, BELIEVED_COUNT)];
        for (int i = 0; i < count; i++) {
            if (i == values.length) {
                values = Arrays.copyOf(values, grown(i, count));
            }
            values[i] = readUnsigned(input);
        }
        return values;
    }

    /** Their number, then each as {@link #writeNullableText}. */
    public static void writeNullableTexts(DataOutput output, @Nullable String[] texts) throws IOException {
        writeUnsigned(output, texts.length);
        for (String text : texts) {
            writeNullableText(output, text);
        }
    }

    public static @Nullable String[] readNullableTexts(DataInput input) throws IOException {
        int count = readCount(input);
        @Nullable String[] texts = new String[Math.min(count, BELIEVED_COUNT)];
        for (int i = 0; i < count; i++) {
            if (i == texts.length) {
                texts = Arrays.copyOf(texts, grown(i, count));
            }
            texts[i] = readNullableText(input);
        }
        return texts;
    }

    /** Their number, then of each the number of its texts and these. */
    public static void writeBags(DataOutput output, String[][] bags) throws IOException {
        writeUnsigned(output, bags.length);
        for (String[] bag : bags) {
            writeUnsigned(output, bag.length);
            for (String text : bag) {
                writeText(output, text);
            }
        }
    }

    public static String[][] readBags(DataInput input) throws IOException {
        int count = readCount(input);
        String[][] bags = new String[Math.min(count, BELIEVED_COUNT)][];
        for (int i = 0; i < count; i++) {
            if (i == bags.length) {
                bags = Arrays.copyOf(bags, grown(i, count));
            }
            bags[i] = readTexts(input);
        }
        return bags;
    }

    private static String[] readTexts(DataInput input) throws IOException {
        int count = readCount(input);
        String[] texts = new String[Math.min(count, BELIEVED_COUNT)];
        for (int i = 0; i < count; i++) {
            if (i == texts.length) {
                texts = Arrays.copyOf(texts, grown(i, count));
            }
            texts[i] = readText(input);
        }
        return texts;
    }

    public static void writeEntities(DataOutput output, EntityIds entities) throws IOException {
        writeNullableTexts(output, entities.ids());
    }

    public static EntityIds readEntities(DataInput input) throws IOException {
        return EntityIds.of(readNullableTexts(input));
    }

    /** One byte: kinds keep their place in {@link LabelKind} for ever. */
    public static void writeKind(DataOutput output, LabelKind kind) throws IOException {
        output.writeByte(kind.ordinal());
    }

    public static LabelKind readKind(DataInput input) throws IOException {
        int ordinal = input.readUnsignedByte();
        if (ordinal >= LABEL_KINDS.length) {
            throw new IOException("a label of kind " + ordinal + ": the bytes are damaged");
        }
        return LABEL_KINDS[ordinal];
    }

    /** A length or count; anything that is none is an error. What it promises is still to be read, and not to be allocated. */
    public static int readCount(DataInput input) throws IOException {
        long count = readUnsigned(input);
        if (count < 0 || count > Integer.MAX_VALUE - 8) {
            throw new IOException("a count of " + count + ": the bytes are damaged");
        }
        return (int) count;
    }

    private static int grown(int length, int count) {
        return (int) Math.min(count, 2L * length);
    }
}
