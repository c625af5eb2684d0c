package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.SinkOptions.Delivery;
import dev.millrace.connectors.SourceOptions.StartingOffsets;
import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.connectors.format.RejectReason;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.events.Event;
import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Prediction;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.events.TimestampFormat;
import dev.millrace.serializers.CodecTypeInformation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KafkaITCase {

    private static final RecordLimits LIMITS = new RecordLimits(10_000, 1_000, 8);
    private static final long KAFKA_TIME = Instant.parse("2018-04-01T12:00:00Z").toEpochMilli();
    private static final RecordLayout EVENTS = new RecordLayout(
            new RecordFormat.Json(),
            List.of(
                    new FieldLayout("id", FieldType.ID, List.of("id"), null),
                    new FieldLayout("amount", FieldType.NUMBER, List.of("amount"), null),
                    new FieldLayout("time", FieldType.TIMESTAMP, List.of("time"), new TimestampFormat.Iso())),
            "id",
            "time",
            null,
            Duration.ofHours(1));

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static EmbeddedFlink flink;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.builder()
                .setting("message.max.bytes", Integer.toString(4 << 20))
                .start();
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        // A single failure ends the job, and with it the test.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        flink = EmbeddedFlink.builder().slots(2).configuration(configuration).start();
    }

    @AfterAll
    static void stop() {
        flink.close();
        broker.close();
    }

    /** The ten kinds of issue, each once; the value of a record is its key where the test looks for it again. */
    private static Map<String, byte[]> malformedRecords() {
        Map<String, byte[]> records = new LinkedHashMap<>();
        records.put("malformed", bytes("{\"id\":1,\"amount\":"));
        records.put("wrong-type", bytes("{\"id\":1,\"amount\":[5],\"time\":\"2018-04-01T10:00:00Z\"}"));
        records.put("missing-id", bytes("{\"amount\":5,\"time\":\"2018-04-01T10:00:00Z\"}"));
        records.put("not-finite", bytes("{\"id\":1,\"amount\":NaN,\"time\":\"2018-04-01T10:00:00Z\"}"));
        records.put("number-as-text", bytes("{\"id\":1,\"amount\":\"5\",\"time\":\"2018-04-01T10:00:00Z\"}"));
        records.put("beyond-float-range", bytes("{\"id\":1,\"amount\":1e39,\"time\":\"2018-04-01T10:00:00Z\"}"));
        records.put("time-too-far-ahead", bytes("{\"id\":1,\"amount\":5,\"time\":\"2999-04-01T10:00:00Z\"}"));
        records.put("oversized", new byte[2_000_000]);
        records.put("too-deep", bytes("{\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}"));
        records.put("empty", bytes(" "));
        return records;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void turnsMalformedRecordsIntoDeadLettersAndLetsTheOthersThrough(boolean objectReuse) throws Exception {
        String topic = "events-" + objectReuse;
        String deadLetters = topic + ".dlq";
        broker.createTopic(topic, 1);
        broker.createTopic(deadLetters, 1);
        Map<String, byte[]> malformed = malformedRecords();
        byte[] noise = {(byte) 0xde, (byte) 0xad, 0, (byte) 0xbe, (byte) 0xef};
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            send(producer, topic, "first", event(1, "2018-04-01T10:00:00Z"));
            malformed.forEach((reason, value) -> send(producer, topic, reason, value));
            send(producer, topic, "noise", noise);
            send(producer, topic, "tombstone", null);
            send(producer, topic, "last", event(2, "2018-04-01T10:00:01Z"));
        }

        StreamExecutionEnvironment environment = flink.environment();
        environment.setParallelism(1);
        if (objectReuse) {
            environment.getConfig().enableObjectReuse();
        }
        SingleOutputStreamOperator<Event> events = environment
                .fromSource(
                        KafkaSources.events(source(topic, EVENTS, true)),
                        IngestWatermarks.<Event>periodic(Duration.ZERO).afterAdvances(1),
                        "Read events",
                        IngestedTypes.INGESTED_EVENT)
                .process(new RejectedSplit<>())
                .returns(CodecTypeInformation.EVENT);
        KafkaSinks sinks = new KafkaSinks(new SinkOptions(kafka(), topic, Delivery.AT_LEAST_ONCE));
        events.getSideOutput(RejectedSplit.REJECTED).sinkTo(sinks.deadLetters(deadLetters, LIMITS));
        String seen = topic + ".seen";
        broker.createTopic(seen, 1);
        events.process(new TimesSeen()).returns(Types.STRING).sinkTo(sinks.texts("seen", seen, text -> text));
        JobClient job = environment.executeAsync(topic);
        job.getJobExecutionResult().get();

        // Nothing between the two moved the watermark, not even the year 2999.
        long first = Instant.parse("2018-04-01T10:00:00Z").toEpochMilli();
        assertThat(read(seen, 2))
                .extracting(record -> text(record.value()))
                .containsExactly("1 at " + Long.MIN_VALUE, "2 at " + (first - 1));

        List<ConsumerRecord<byte[], byte[]>> letters = read(deadLetters, malformed.size() + 2);
        for (ConsumerRecord<byte[], byte[]> letter : letters.subList(0, malformed.size())) {
            String key = text(letter.key());
            byte[] original = malformed.get(key);
            assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo(key);
            assertThat(letter.value())
                    .isEqualTo(
                            original.length > LIMITS.recordBytes()
                                    ? Arrays.copyOf(original, LIMITS.recordBytes())
                                    : original);
            assertThat(header(letter, DeadLetterHeaders.ORIGINAL_BYTES)).isEqualTo(original.length + "");
            assertThat(header(letter, DeadLetterHeaders.DETAIL)).isNotBlank();
            assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(topic);
            assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
            assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo(letter.offset() + 1 + "");
            assertThat(header(letter, DeadLetterHeaders.TIMESTAMP)).isEqualTo(KAFKA_TIME + "");
        }
        ConsumerRecord<byte[], byte[]> noiseLetter = letters.get(malformed.size());
        assertThat(header(noiseLetter, DeadLetterHeaders.REASON)).isEqualTo(RejectReason.MALFORMED.code());
        assertThat(noiseLetter.value()).isEqualTo(noise);
        ConsumerRecord<byte[], byte[]> tombstone = letters.get(malformed.size() + 1);
        assertThat(header(tombstone, DeadLetterHeaders.REASON)).isEqualTo(RejectReason.EMPTY.code());
        assertThat(tombstone.value()).isNull();
    }

    @Test
    void commitsPredictionsWithCheckpointsAndReadsLabels() throws Exception {
        broker.createTopic("labels", 2);
        broker.createTopic("predictions", 2);
        RecordLayout layout = new RecordLayout(
                new RecordFormat.Csv(List.of("id", "label")),
                List.of(
                        new FieldLayout("id", FieldType.ID, List.of("id"), null),
                        new FieldLayout("label", FieldType.NUMBER, List.of("label"), null)),
                "id",
                null,
                new LabelLayout("label", List.of(), 2),
                null);
        StreamExecutionEnvironment environment = flink.environment();
        environment
                .fromSource(
                        KafkaSources.labels(source("labels", layout, false)),
                        IngestWatermarks.<LabelRecord>periodic(Duration.ZERO).idleAfter(Duration.ofMillis(100)),
                        "Read labels",
                        IngestedTypes.INGESTED_LABEL)
                .process(new RejectedSplit<>())
                .returns(IngestedTypes.LABEL_RECORD)
                .map(label -> new Prediction(
                        "m", label.id(), label.time(), 0, new float[] {label.label()}, 1, Long.MIN_VALUE, ""))
                .returns(CodecTypeInformation.PREDICTION)
                .sinkTo(new KafkaSinks(new SinkOptions(kafka(), "exactly", Delivery.EXACTLY_ONCE))
                        .predictions("predictions"));
        JobClient job = environment.executeAsync("exactly-once");

        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int id = 0; id < 50; id++) {
                send(producer, "labels", Integer.toString(id), bytes(id + "," + id % 2));
            }
        }

        List<ConsumerRecord<byte[], byte[]>> written = read("predictions", 50);
        assertThat(written)
                .allSatisfy(record -> {
                    Prediction prediction = PredictionJson.read(record.value());
                    assertThat(prediction.id().toString()).isEqualTo(text(record.key()));
                    assertThat(prediction.time()).isEqualTo(KAFKA_TIME);
                    assertThat(prediction.scores()[0]).isEqualTo(Integer.parseInt(text(record.key())) % 2);
                })
                .extracting(record -> text(record.key()))
                .doesNotHaveDuplicates();
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
        job.cancel().get();
        Awaitility.await().until(() -> job.getJobStatus().get() == JobStatus.CANCELED);
    }

    @Test
    void writesEachRecordOnceThoughATaskFails() throws Exception {
        broker.createTopic("numbers", 1);
        FailsOnce.failed.set(false);
        Configuration restarting = new Configuration();
        restarting.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        restarting.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        restarting.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment environment = flink.environment();
        environment.configure(restarting);
        environment.setParallelism(1);
        environment
                .fromSource(
                        new DataGeneratorSource<>(index -> index, 300, RateLimiterStrategy.perSecond(300), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(new FailsOnce())
                .sinkTo(new KafkaSinks(new SinkOptions(kafka(), "recovery", Delivery.EXACTLY_ONCE))
                        .texts("numbers", "numbers", number -> Long.toString(number)));

        environment.execute("recovery");

        assertThat(FailsOnce.failed).isTrue();
        assertThat(read("numbers", 300))
                .extracting(record -> Integer.parseInt(text(record.value())))
                .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
    }

    @Test
    void namesAllMissingTopicsAtOnceAndCreatesThem() {
        try (Topics topics = new Topics(kafka())) {
            assertThatThrownBy(() -> topics.partitions(List.of("nowhere", "absent")))
                    .isInstanceOf(TopicsException.class)
                    .hasMessageContaining("topics 'absent', 'nowhere' do not exist")
                    .hasMessageContaining("kafka-topics.sh");

            topics.createMissing(List.of(
                    new TopicSpec("nowhere", 3), new TopicSpec("absent", 1, Map.of("max.message.bytes", "5000"))));
            topics.createMissing(List.of(new TopicSpec("nowhere", 7)));

            assertThat(topics.partitions(List.of("nowhere", "absent"))).containsEntry("nowhere", 3);
            assertThat(topics.sourceParallelism("nowhere", 8)).isEqualTo(3);
            assertThatThrownBy(() -> topics.requireMessageBytes("absent", 5001))
                    .isInstanceOf(TopicsException.class)
                    .hasMessageContaining("must take 5001");
            topics.requireMessageBytes("absent", 5000);
        }
    }

    @Test
    void namesBrokersThatDoNotAnswer() {
        KafkaConnection nobody = new KafkaConnection(
                "127.0.0.1:1", Map.of("default.api.timeout.ms", "500", "request.timeout.ms", "500"));
        try (Topics topics = new Topics(nobody)) {
            assertThatThrownBy(() -> topics.partitions(List.of("any")))
                    .isInstanceOf(TopicsException.class)
                    .hasMessageContaining("no Kafka broker answers at 127.0.0.1:1");
        }
    }

    /** Names each event and the watermark that stands when it comes. */
    private static final class TimesSeen extends ProcessFunction<Event, String> {
        @Override
        public void processElement(Event event, Context context, Collector<String> output) {
            output.collect(event.id() + " at " + context.timerService().currentWatermark());
        }
    }

    /** Fails at its 200th record once a checkpoint has been made, so that transactions before and after it exist. */
    private static final class FailsOnce extends RichMapFunction<Long, Long> implements CheckpointListener {
        private static final AtomicBoolean failed = new AtomicBoolean();

        private boolean checkpointed;

        @Override
        public Long map(Long number) {
            if (number >= 200 && checkpointed && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("fails once, on purpose");
            }
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
        }
    }

    private static SourceOptions source(String topic, RecordLayout layout, boolean bounded) {
        return new SourceOptions(
                kafka(), topic, "test-" + topic, StartingOffsets.COMMITTED_OR_EARLIEST, bounded, layout, LIMITS);
    }

    private static KafkaConnection kafka() {
        return KafkaConnection.to(broker.bootstrapServers());
    }

    private static byte[] event(int id, String time) {
        return bytes("{\"id\":" + id + ",\"amount\":12.5,\"time\":\"" + time + "\"}");
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a record that is not written is missed by the test
    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, null, KAFKA_TIME, bytes(key), value));
    }

    /** The committed records of a topic, as many as asked for and those that came along with them. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        assertThat(records).hasSize(count);
        return records;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
