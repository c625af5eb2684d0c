package dev.millrace.cli.loader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of CSV files into a topic, in the order of the files.
 *
 * <p>Records have no key. Row n goes to partition n modulo their number, so that the content of a partition depends on
 * the files alone. A header carries n: it identifies the event where the record does not. The timestamp of the Kafka
 * record is the event's own time, but never in the future.
 */
public final class TopicLoader {

    private final Producer<byte[], byte[]> producer;
    private final String rowHeader;
    private final InstantSource clock;
    private final Pace pace;

    /**
     * @param rowHeader name of the header that carries the row's number, 8 bytes, big-endian
     * @param clock tells what is in the future
     */
    public TopicLoader(Producer<byte[], byte[]> producer, String rowHeader, InstantSource clock, Pace pace) {
        this.producer = producer;
        this.rowHeader = rowHeader;
        this.clock = clock;
        this.pace = pace;
    }

    /** Size of the files on disk: what the progress of {@link #load} runs up to. */
    public static long bytesOf(List<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new WrongInputException(
                        "cannot read " + file
                                + ": there is no such file; give a CSV file, gzipped if its name ends in .gz",
                        e);
            }
        }
        return bytes;
    }

    /**
     * Returns once the broker holds every record.
     *
     * @param files to be read one after the other
     * @param encoders makes the encoder of a file that has just been opened
     * @param limit loads no more rows than this
     * @param progress is told the number of bytes read of all files
     * @throws WrongInputException if a file cannot be read or the broker does not take a record
     */
    public Loaded load(
            List<Path> files,
            String topic,
            int partitions,
            Function<CsvFile, RowEncoder> encoders,
            RecordTimes times,
            long limit,
            LongConsumer progress) {
        Load load = new Load(topic, partitions, times);
        long bytesOfFilesBefore = 0;
        for (Path path : files) {
            try (CsvFile file = CsvFile.open(path)) {
                RowEncoder encoder = encoders.apply(file);
                while (load.row < limit) {
                    String[] cells = file.nextRow();
                    if (cells == null) {
                        break;
                    }
                    pace.await(load.row);
                    load.send(encoder.encode(cells));
                    progress.accept(bytesOfFilesBefore + file.position());
                }
                bytesOfFilesBefore += file.position();
            }
        }
        producer.flush();
        load.requireTaken();
        return load.result();
    }

    /** One run over the files. */
    private final class Load {

        private final String topic;
        private final int partitions;
        private final RecordTimes times;
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        private long row;
        private long previousTime;
        private long lastTime = Long.MIN_VALUE;
        private long mostOutOfOrder;

        private Load(String topic, int partitions, RecordTimes times) {
            this.topic = topic;
            this.partitions = partitions;
            this.times = times;
        }

        private void send(byte[] value) {
            requireTaken();
            OptionalLong own = times.timeOf(value, row);
            own.ifPresent(this::note);
            long timestamp = Math.max(0, Math.min(previousTime, clock.millis()));
            Header header = new RecordHeader(
                    rowHeader, ByteBuffer.allocate(Long.BYTES).putLong(row).array());
            int partition = (int) (row % partitions);
            producer.send(
                    new ProducerRecord<>(topic, partition, timestamp, null, value, List.of(header)), (sent, e) -> {
                        if (e != null) {
                            failure.compareAndSet(null, e);
                        }
                    });
            row++;
        }

        private void note(long time) {
            previousTime = time;
            if (time < lastTime) {
                mostOutOfOrder = Math.max(mostOutOfOrder, lastTime - time);
            }
            lastTime = Math.max(lastTime, time);
        }

        private void requireTaken() {
            Exception e = failure.get();
            if (e != null) {
                throw new WrongInputException(
                        "topic '" + topic + "' did not take row " + row + ": " + e.getMessage()
                                + "; check that it exists and that this user may write to it",
                        e);
            }
        }

        private Loaded result() {
            return new Loaded(
                    row, lastTime == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(lastTime), mostOutOfOrder);
        }
    }
}
