package dev.millrace.cli.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicLoaderTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_000));

    @TempDir
    Path directory;

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void rowsOfAllFilesAreNumberedThroughAndSpreadOverPartitions() throws IOException {
        Loaded loaded = load(List.of(file("a.csv", "x\n10\n20\n"), file("b.csv", "x\n30\n")), 2, Long.MAX_VALUE);
        assertThat(loaded).isEqualTo(new Loaded(3, OptionalLong.of(30), 0));
        assertThat(producer.history())
                .extracting(TopicLoaderTest::value)
                .containsExactly("{\"x\":10}", "{\"x\":20}", "{\"x\":30}");
        assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(0, 1, 0);
        assertThat(producer.history()).extracting(TopicLoaderTest::rowNumber).containsExactly(0L, 1L, 2L);
        assertThat(producer.history()).allMatch(record -> record.key() == null);
    }

    @Test
    void theTimestampIsTheEventsTimeButNeverInTheFuture() throws IOException {
        Loaded loaded = load(List.of(file("a.csv", "x\n10\nbad\n5000\n")), 1, Long.MAX_VALUE);
        assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsExactly(10L, 10L, 1_000L);
        assertThat(loaded.lastTime()).hasValue(5_000);
    }

    @Test
    void tellsHowFarRowsAreOutOfOrder() throws IOException {
        assertThat(load(List.of(file("a.csv", "x\n10\n30\n12\n25\n")), 1, Long.MAX_VALUE)
                        .mostOutOfOrderMillis())
                .isEqualTo(18);
    }

    @Test
    void loadsNoMoreRowsThanTheLimit() throws IOException {
        assertThat(load(List.of(file("a.csv", "x\n1\n2\n3\n"), file("b.csv", "x\n4\n")), 1, 2))
                .isEqualTo(new Loaded(2, OptionalLong.of(2), 0));
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void aRecordThatTheBrokerRefusesEndsTheLoad() throws IOException {
        producer.sendException = new TopicAuthorizationException("not allowed");
        Path file = file("a.csv", "x\n1\n2\n");
        assertThatThrownBy(() -> load(List.of(file), 1, Long.MAX_VALUE)).hasMessageContaining("not allowed");
    }

    @Test
    void rowsAreHeldToTheRate() throws IOException {
        AtomicLong nanos = new AtomicLong(500);
        List<Long> pauses = new ArrayList<>();
        Pace pace = new Pace(4, nanos::get, pause -> {
            pauses.add(pause);
            nanos.addAndGet(pause);
        });
        load(List.of(file("a.csv", "x\n1\n2\n3\n")), 1, Long.MAX_VALUE, pace);
        assertThat(pauses).containsExactly(250_000_000L, 250_000_000L);
    }

    @Test
    void aRateOfZeroIsRefused() {
        assertThatThrownBy(() -> Pace.ofWallClock(0))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith("the rate must be above 0");
    }

    private Loaded load(List<Path> files, int partitions, long limit) {
        return load(files, partitions, limit, Pace.unlimited());
    }

    private Loaded load(List<Path> files, int partitions, long limit, Pace pace) {
        return new TopicLoader(producer, "millrace-row", CLOCK, pace)
                .load(
                        files,
                        "events",
                        partitions,
                        file -> RowEncoder.forEveryColumn(file.columns()),
                        (value, row) -> {
                            String digits = new String(value, StandardCharsets.UTF_8).replaceAll("[^0-9]", "");
                            return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
                        },
                        limit,
                        position -> {});
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String value(ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static long rowNumber(ProducerRecord<byte[], byte[]> record) {
        return ByteBuffer.wrap(record.headers().lastHeader("millrace-row").value())
                .getLong();
    }
}
