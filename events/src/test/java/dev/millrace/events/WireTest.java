package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

    interface Writer {
        void write(DataOutput output) throws IOException;
    }

    interface Reader<T> {
        T read(DataInput input) throws IOException;
    }

    @ParameterizedTest
    @CsvSource({
        "0,00",
        "127,7f",
        "128,8001",
        "300,ac02",
        "2147483647,ffffffff07",
        "9223372036854775807,ffffffffffffffff7f",
        "-1,ffffffffffffffffff01",
        "-9223372036854775808,80808080808080808001"
    })
    void unsignedNumbersTakeSevenBitsAByte(long value, String hex) throws IOException {
        assertThat(bytes(output -> Wire.writeUnsigned(output, value))).isEqualTo(hex);
        assertThat(Wire.readUnsigned(input(hex))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0,00",
        "-1,01",
        "1,02",
        "-64,7f",
        "64,8001",
        "9223372036854775807,feffffffffffffffff01",
        "-9223372036854775808,ffffffffffffffffff01"
    })
    void signedNumbersOfSmallMagnitudeAreShort(long value, String hex) throws IOException {
        assertThat(bytes(output -> Wire.writeSigned(output, value))).isEqualTo(hex);
        assertThat(Wire.readSigned(input(hex))).isEqualTo(value);
    }

    @Test
    void textsAreUtf8AndNullIsNotTheEmptyText() throws IOException {
        assertThat(bytes(output -> Wire.writeText(output, "ä"))).isEqualTo("02c3a4");
        assertThat(bytes(output -> Wire.writeNullableText(output, null))).isEqualTo("00");
        assertThat(bytes(output -> Wire.writeNullableText(output, ""))).isEqualTo("01");
        assertThat(bytes(output -> Wire.writeNullableText(output, "ä"))).isEqualTo("03c3a4");
        assertThat(Wire.readNullableText(input("00"))).isNull();
        assertThat(Wire.readNullableText(input("01"))).isEmpty();
        assertThat(Wire.readNullableText(input("03c3a4"))).isEqualTo("ä");
    }

    @Test
    void everyNaNIsTheSameNaN() throws IOException {
        float another = Float.intBitsToFloat(0x7FC00001);
        assertThat(bytes(output -> Wire.writeFloats(output, new float[] {another})))
                .isEqualTo(bytes(output -> Wire.writeFloats(output, new float[] {Float.NaN})));
    }

    /** Beyond what is believed on the word of a count, arrays grow as they are read. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 16_384, 100_000})
    void arraysOfEveryLengthComeBack(int length) throws IOException {
        float[] floats = new float[length];
        double[] doubles = new double[length];
        long[] counts = new long[length];
        String[] texts = new String[length];
        for (int i = 0; i < length; i++) {
            floats[i] = i - 0.5f;
            doubles[i] = -i / 3.0;
            counts[i] = (long) i * i;
            texts[i] = i % 3 == 0 ? null : Integer.toString(i);
        }
        String text = "é".repeat(length);
        assertThat(Wire.readFloats(input(bytes(output -> Wire.writeFloats(output, floats)))))
                .isEqualTo(floats);
        assertThat(Wire.readDoubles(input(bytes(output -> Wire.writeDoubles(output, doubles)))))
                .isEqualTo(doubles);
        assertThat(Wire.readCounts(input(bytes(output -> Wire.writeCounts(output, counts)))))
                .isEqualTo(counts);
        assertThat(Wire.readNullableTexts(input(bytes(output -> Wire.writeNullableTexts(output, texts)))))
                .isEqualTo(texts);
        assertThat(Wire.readText(input(bytes(output -> Wire.writeText(output, text)))))
                .isEqualTo(text);
    }

    static List<Reader<?>> counted() {
        return List.of(
                Wire::readText,
                Wire::readNullableText,
                Wire::readFloats,
                Wire::readDoubles,
                Wire::readCounts,
                Wire::readNullableTexts);
    }

    @ParameterizedTest
    @MethodSource("counted")
    void aCountWithoutItsElementsIsAnErrorAndNoMemory(Reader<?> reader) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String largestCount = "f7ffffff07";
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatIOException()
                .isThrownBy(() -> reader.read(input(largestCount + "0000")))
                .isInstanceOf(EOFException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f8ffffff07", "ffffffff0f", "ffffffffffffffffff01", "ffffffffffffffff7f"})
    void whatIsNoCountIsDamage(String hex) {
        assertThatIOException().isThrownBy(() -> Wire.readCount(input(hex))).withMessageContaining("damaged");
    }

    @Test
    void aNumberOfMoreThanTenBytesIsDamage() {
        assertThatIOException()
                .isThrownBy(() -> Wire.readUnsigned(input("80".repeat(11))))
                .withMessageContaining("ten bytes");
    }

    @Test
    void anUnknownKindOfLabelIsDamage() throws IOException {
        for (LabelKind kind : LabelKind.values()) {
            assertThat(Wire.readKind(input(bytes(output -> Wire.writeKind(output, kind)))))
                    .isEqualTo(kind);
        }
        assertThatIOException().isThrownBy(() -> Wire.readKind(input("03"))).withMessageContaining("kind 3");
    }

    @Test
    void theKindsOfLabelsKeepTheirPlaces() {
        assertThat(LabelKind.values()).startsWith(LabelKind.REAL, LabelKind.ASSUMED, LabelKind.REVISED);
    }

    private static String bytes(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(bytes));
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static DataInput input(String hex) {
        return new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
    }
}
