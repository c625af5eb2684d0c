package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EmbeddedBrokerITCase {

    @TempDir
    private Path directory;

    @Test
    void keepsRecordsOfAnyAge() throws Exception {
        long longAgo = Duration.ofDays(1).toMillis();
        long farAhead = 4_102_444_800_000L;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("ages", 1);
            send(broker, Map.of(), "ages", longAgo, "old");
            send(broker, Map.of(), "ages", farAhead, "future");

            assertThat(read(broker, "ages", 2))
                    .extracting(ConsumerRecord::timestamp, ConsumerRecord::value)
                    .containsExactly(tuple(longAgo, "old"), tuple(farAhead, "future"));
        }
    }

    @Test
    void takesTransactions() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("atomic", 2);
            send(broker, Map.of("transactional.id", "one"), "atomic", 1L, "committed");

            assertThat(read(broker, "atomic", 1))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("committed");
        }
    }

    @Test
    void startsAfterAnotherInTheSameJvmAndKeepsAGivenDirectory() throws Exception {
        Path data = directory.resolve("data");
        try (EmbeddedBroker first = EmbeddedBroker.builder().directory(data).start()) {
            first.createTopic("kept", 1);
            send(first, Map.of(), "kept", 1L, "value");
        }
        try (EmbeddedBroker second = EmbeddedBroker.builder().directory(data).start()) {
            assertThat(read(second, "kept", 1))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("value");
        }
        assertThat(data).isNotEmptyDirectory();
    }

    @Test
    void deletesItsTemporaryDataOnClose() throws Exception {
        long before = temporaryDirectories();
        EmbeddedBroker broker = EmbeddedBroker.start();
        assertThat(temporaryDirectories()).isEqualTo(before + 1);

        broker.close();
        broker.close();

        assertThat(temporaryDirectories()).isEqualTo(before);
    }

    @Test
    void refusesATopicThatExists() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("twice", 1);
            assertThatThrownBy(() -> broker.createTopic("twice", 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'twice'")
                    .hasMessageContaining("already exists");
        }
    }

    private static long temporaryDirectories() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("millrace-broker-"))
                    .count();
        }
    }

    private static void send(
            EmbeddedBroker broker, Map<String, String> settings, String topic, long timestamp, String value)
            throws Exception {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(all, new StringSerializer(), new StringSerializer())) {
            boolean transactional = settings.containsKey("transactional.id");
            if (transactional) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            producer.send(new ProducerRecord<>(topic, 0, timestamp, "key", value))
                    .get();
            if (transactional) {
                producer.commitTransaction();
            }
        }
    }

    private static List<ConsumerRecord<String, String>> read(EmbeddedBroker broker, String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }
}
