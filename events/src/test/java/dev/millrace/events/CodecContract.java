package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link Codec} promises, and what Flink's snapshots ask of its class. */
public abstract class CodecContract<T> {

    private static final long MOST_BYTES_PER_DAMAGED_READ = 1 << 20;

    protected abstract Codec<T> codec();

    /** Values of every kind; the first is the one whose bytes are pinned. */
    protected abstract List<T> values();

    /** The bytes of the first value in hexadecimal. They change only with a new version of the layout. */
    protected abstract String pinnedBytes();

    /** Index of the version byte in the first value's bytes. */
    protected int versionIndex() {
        return 0;
    }

    @Test
    void readsWhatItWrote() throws IOException {
        for (T value : values()) {
            byte[] bytes = codec().toBytes(value);
            T read = read(bytes);
            assertSame(read, value);
            assertThat(codec().toBytes(read)).isEqualTo(bytes);
        }
    }

    @Test
    void differentValuesHaveDifferentBytes() {
        assertThat(values().stream()
                        .map(value -> HexFormat.of().formatHex(codec().toBytes(value)))
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void readsAsManyBytesAsItWroteAndNoMore() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (T value : values()) {
            all.write(codec().toBytes(value));
        }
        DataInputStream input = new DataInputStream(new ByteArrayInputStream(all.toByteArray()));
        for (T value : values()) {
            assertThat(codec().toBytes(codec().read(input))).isEqualTo(codec().toBytes(value));
        }
        assertThat(input.available()).isZero();
    }

    @Test
    void theLayoutIsThatOfEarlierReleases() throws IOException {
        byte[] pinned = HexFormat.of().parseHex(pinnedBytes());
        assertThat(HexFormat.of().formatHex(codec().toBytes(values().get(0)))).isEqualTo(pinnedBytes());
        assertSame(read(pinned), values().get(0));
    }

    @Test
    void aVersionOfANewerReleaseIsRefusedWithTheRemedy() {
        byte[] bytes = codec().toBytes(values().get(0));
        for (int version : new int[] {0, bytes[versionIndex()] + 1, 0xFF}) {
            bytes[versionIndex()] = (byte) version;
            assertThatIOException()
                    .isThrownBy(() -> read(bytes))
                    .withMessageContaining("layout version " + version)
                    .withMessageContaining("upgrade before you restore");
        }
    }

    @Test
    void cutBytesAreAnError() {
        for (T value : values()) {
            byte[] bytes = codec().toBytes(value);
            int stride = Math.max(1, bytes.length / 200);
            for (int length = 0; length < bytes.length; length += stride) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatIOException().isThrownBy(() -> read(cut));
            }
        }
    }

    @Test
    void nullIsNotWrittenAsSomethingElse() {
        assertThatNullPointerException().isThrownBy(() -> codec().toBytes(null));
    }

    @Test
    void damagedBytesAreAnErrorOrAnotherValueAndNeverMuchMemory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Random random = new Random(17);
        for (int round = 0; round < 1_500; round++) {
            T value = values().get(round % values().size());
            byte[] bytes = codec().toBytes(value);
            int at = random.nextInt(bytes.length);
            for (int i = at; i < Math.min(bytes.length, at + random.nextInt(8)); i++) {
                bytes[i] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                read(bytes);
            } catch (IOException expected) {
                // What damage should be. Every other exception ends the test.
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(() -> "bytes allocated to read " + HexFormat.of().formatHex(bytes))
                    .isLessThan(MOST_BYTES_PER_DAMAGED_READ + 8L * bytes.length);
        }
    }

    @Test
    void theClassHasAConstructorWithoutParametersAndNoState() throws Exception {
        var constructor = Class.forName(codec().getClass().getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        @SuppressWarnings("unchecked") // the class of this very codec
        Codec<T> another = (Codec<T>) constructor.newInstance();
        for (T value : values()) {
            assertThat(another.toBytes(value)).isEqualTo(codec().toBytes(value));
        }
    }

    @Test
    void isJavaSerialisableAsPartOfAnOperator() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(codec());
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(input.readObject()).isInstanceOf(codec().getClass());
        }
    }

    /** Bit by bit: every NaN equals itself, and zero is not minus zero. */
    private void assertSame(T read, T value) {
        assertThat(read)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .withEqualsForType(Float::equals, Float.class)
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(value);
    }

    protected final T read(byte[] bytes) throws IOException {
        return codec().read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
