package dev.millrace.jobs;

import dev.millrace.connectors.AlertJson;
import dev.millrace.connectors.PredictionJson;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.evaluation.LabelCountsRow;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.evaluation.ModelDigestRow;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.events.Alert;
import dev.millrace.events.Prediction;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker and pipelines that run on it, each under a name of its own, so that many share one broker. */
final class JobRig implements AutoCloseable {

    /** A record as it is written to a topic. */
    record Message(long timestamp, byte[] value) {
        static Message of(long timestamp, String json) {
            return new Message(timestamp, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What a bounded run left in its output topics. */
    record Outcome(
            List<Prediction> predictions,
            List<Alert> alerts,
            List<ReportRow> rows,
            List<ConsumerRecord<byte[], byte[]>> deadLetters) {

        ModelDigestRow digest() {
            return last(rows.stream().filter(ModelDigestRow.class::isInstance).map(ModelDigestRow.class::cast));
        }

        LabelCountsRow labelCounts() {
            return last(rows.stream().filter(LabelCountsRow.class::isInstance).map(LabelCountsRow.class::cast));
        }

        MetricRow total(MeasuredLabels labels) {
            return last(metricRows().filter(row -> row.scope() == MetricScope.TOTAL && row.labels() == labels));
        }

        /**
         * Weights, scores, alerts and metric rows: all that a run is expected to repeat to the last bit. Twice the same is once:
         * after a failure, results since the last checkpoint are written again.
         */
        List<String> fingerprint() {
            List<String> lines = new ArrayList<>();
            lines.add(digest().weightsSha256() + " after " + digest().updates());
            predictions.stream()
                    .sorted(Comparator.comparing(Prediction::time).thenComparing(Prediction::id))
                    .map(prediction -> prediction.id() + " " + prediction.time() + " "
                            + Float.floatToIntBits(prediction.scores()[0]) + " " + prediction.modelVersion() + " "
                            + prediction.newestLabelTime())
                    .distinct()
                    .forEach(lines::add);
            alerts.stream()
                    .map(alert -> alert.toString().replace(alert.model(), "model"))
                    .distinct()
                    .sorted()
                    .forEach(lines::add);
            metricRows()
                    .map(row -> row.toJson().replace(row.pipeline(), "pipeline"))
                    .distinct()
                    .sorted()
                    .forEach(lines::add);
            return lines;
        }

        private Stream<MetricRow> metricRows() {
            return rows.stream().filter(MetricRow.class::isInstance).map(MetricRow.class::cast);
        }

        private static <T> T last(Stream<T> rows) {
            return rows.reduce((first, second) -> second).orElseThrow();
        }
    }

    private static final int LARGEST_MESSAGE = 8 << 20;
    private static final Map<String, String> LARGE_MESSAGES =
            Map.of("max.message.bytes", Integer.toString(LARGEST_MESSAGE));

    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private int runs;

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Parses the file under a new name; {@code NAME} in it stands for that name. */
    Pipeline pipeline(String yaml) {
        runs++;
        return PipelineFile.parse(
                yaml.replace("BROKER", broker.bootstrapServers()).replace("NAME", "run" + runs));
    }

    void createTopics(Pipeline pipeline, int partitions) {
        broker.createTopic(pipeline.events().topic(), partitions, LARGE_MESSAGES);
        if (pipeline.label() instanceof LabelSource.Streams labels) {
            labels.streams().forEach(stream -> broker.createTopic(stream.topic(), partitions));
        }
        if (pipeline.ranking() != null && pipeline.ranking().requestsTopic() != null) {
            broker.createTopic(pipeline.ranking().requestsTopic(), partitions, LARGE_MESSAGES);
        }
        pipeline.output().resultTopics().forEach(topic -> broker.createTopic(topic, 1));
        broker.createTopic(pipeline.output().deadLettersTopic(), 1, LARGE_MESSAGES);
    }

    /** Record i goes to partition i modulo the number of partitions. */
    void write(String topic, int partitions, List<Message> messages) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("max.request.size", LARGEST_MESSAGE);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            int row = 0;
            for (Message message : messages) {
                producer.send(
                        new ProducerRecord<>(topic, row++ % partitions, message.timestamp(), null, message.value()));
            }
        }
    }

    /** Runs a pipeline to the end of its topics. */
    Outcome run(Pipeline pipeline, JobOptions options, int parallelism, Configuration configuration) throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.builder()
                .slots(parallelism)
                .configuration(configuration)
                .start()) {
            return run(flink, pipeline, options);
        }
    }

    Outcome run(EmbeddedFlink flink, Pipeline pipeline, JobOptions options) throws Exception {
        var env = flink.environment();
        TrainingJob.define(env, pipeline, options);
        env.execute(pipeline.name());
        return outcome(pipeline);
    }

    Outcome outcome(Pipeline pipeline) throws IOException {
        List<Prediction> predictions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : read(pipeline.output().predictionsTopic())) {
            predictions.add(PredictionJson.read(message.value()));
        }
        List<Alert> alerts = new ArrayList<>();
        if (pipeline.output().alerts() != null) {
            for (ConsumerRecord<byte[], byte[]> message :
                    read(pipeline.output().alerts().topic())) {
                alerts.add(AlertJson.read(message.value()));
            }
        }
        List<ReportRow> rows = read(pipeline.output().metricsTopic()).stream()
                .map(message -> ReportRow.fromJson(new String(message.value(), StandardCharsets.UTF_8))
                        .orElseThrow())
                .toList();
        return new Outcome(predictions, alerts, rows, read(pipeline.output().deadLettersTopic()));
    }

    /** What a topic holds now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
