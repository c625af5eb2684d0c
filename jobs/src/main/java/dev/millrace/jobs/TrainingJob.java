package dev.millrace.jobs;

import dev.millrace.connectors.AlertJson;
import dev.millrace.connectors.IngestWatermarks;
import dev.millrace.connectors.Ingested;
import dev.millrace.connectors.IngestedTypes;
import dev.millrace.connectors.KafkaConnection;
import dev.millrace.connectors.KafkaSinks;
import dev.millrace.connectors.KafkaSources;
import dev.millrace.connectors.SinkOptions;
import dev.millrace.connectors.SourceOptions;
import dev.millrace.connectors.Topics;
import dev.millrace.connectors.UntimedWatermarks;
import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.events.Event;
import dev.millrace.events.Ordered;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.RecordLayout;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.LabelStream;
import dev.millrace.pipeline.Output;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.Ranking;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as a Flink job: the training topology between Kafka sources and sinks.
 *
 * <p>Defines and never executes. Topics must exist: the parallelism of a source follows from its partitions.
 */
public final class TrainingJob {

    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    /** A partition that is silent for so long no longer holds event time back; in the order of arrival only. */
    private static final Duration IDLE_AFTER = Duration.ofSeconds(10);
    /** At replay speed the interval of periodic watermarks spans weeks of events. */
    private static final int ADVANCES_PER_WATERMARK = 256;

    private final StreamExecutionEnvironment env;
    private final Pipeline pipeline;
    private final JobOptions options;
    private final KafkaConnection kafka;

    TrainingJob(StreamExecutionEnvironment env, Pipeline pipeline, JobOptions options) {
        JobSettings.apply(env);
        this.env = env;
        this.pipeline = pipeline;
        this.options = options;
        this.kafka = connection(pipeline);
    }

    /** @throws dev.millrace.connectors.TopicsException if a topic is missing or the brokers do not answer */
    public static void define(StreamExecutionEnvironment env, Pipeline pipeline, JobOptions options) {
        TrainingJob job = new TrainingJob(env, pipeline, options);
        try (Topics topics = new Topics(job.kafka)) {
            job.write(TrainingTopology.define(
                    pipeline, options, job.events(topics), job.labels(topics), job.requests(topics)));
        }
    }

    /** How the clients of a pipeline reach its brokers. */
    public static KafkaConnection connection(Pipeline pipeline) {
        Map<String, String> properties = new HashMap<>(pipeline.kafka());
        String servers = properties.remove(BOOTSTRAP_SERVERS);
        return new KafkaConnection(servers == null ? "" : servers, properties);
    }

    DataStream<Ingested<Event>> events(Topics topics) {
        SourceOptions source =
                source(pipeline.events().topic(), pipeline.events().layout());
        return read(topics, source, KafkaSources.events(source), IngestedTypes.INGESTED_EVENT, "events", "events");
    }

    /** None where labels come inside the events. */
    List<LabelInput> labels(Topics topics) {
        if (!(pipeline.label() instanceof LabelSource.Streams label)) {
            return List.of();
        }
        return label.streams().stream().map(stream -> labels(topics, stream)).toList();
    }

    private LabelInput labels(Topics topics, LabelStream stream) {
        SourceOptions source = source(stream.topic(), stream.layout());
        return new LabelInput(
                stream.name(),
                read(
                        topics,
                        source,
                        KafkaSources.labels(source),
                        IngestedTypes.INGESTED_LABEL,
                        LabelInput.uidOf(stream.name()),
                        LabelInput.textOf(stream.name())));
    }

    /** Null where nobody asks, and in a job that ends: then there is nobody to wait for an answer. */
    @Nullable
    DataStream<Ingested<RecommendationRequest>> requests(Topics topics) {
        Ranking ranking = pipeline.ranking();
        if (ranking == null || ranking.requestsTopic() == null || options.bounded()) {
            return null;
        }
        SourceOptions source = source(ranking.requestsTopic(), null);
        return env.fromSource(
                        KafkaSources.requests(source),
                        new UntimedWatermarks<RecommendationRequest>(),
                        "Read requests",
                        IngestedTypes.INGESTED_REQUEST)
                .setParallelism(topics.sourceParallelism(source.topic(), env.getParallelism()))
                .uid("requests-source");
    }

    private SourceOptions source(String topic, @Nullable RecordLayout layout) {
        return new SourceOptions(
                kafka,
                topic,
                pipeline.name(),
                SourceOptions.StartingOffsets.COMMITTED_OR_EARLIEST,
                options.bounded(),
                layout,
                RecordLimits.DEFAULT);
    }

    private <T extends Ordered> DataStream<Ingested<T>> read(
            Topics topics,
            SourceOptions options,
            KafkaSource<Ingested<T>> source,
            TypeInformation<Ingested<T>> type,
            String uid,
            String what) {
        return env.fromSource(source, this.<T>watermarks(), "Read " + what, type)
                .setParallelism(topics.sourceParallelism(options.topic(), env.getParallelism()))
                .uid(uid + "-source");
    }

    private <T extends Ordered> IngestWatermarks<T> watermarks() {
        IngestWatermarks<T> watermarks =
                IngestWatermarks.<T>periodic(pipeline.events().maxOutOfOrderness());
        if (options.bounded()) {
            watermarks = watermarks.afterAdvances(ADVANCES_PER_WATERMARK);
        }
        return options.order() == Order.ARRIVAL ? watermarks.idleAfter(IDLE_AFTER) : watermarks;
    }

    void write(TrainingStreams streams) {
        Output output = pipeline.output();
        SinkOptions.Delivery delivery =
                switch (output.delivery()) {
                    case AT_LEAST_ONCE -> SinkOptions.Delivery.AT_LEAST_ONCE;
                    case EXACTLY_ONCE -> SinkOptions.Delivery.EXACTLY_ONCE;
                };
        KafkaSinks sinks = new KafkaSinks(new SinkOptions(kafka, pipeline.name(), delivery));

        streams.predictions()
                .sinkTo(sinks.predictions(output.predictionsTopic()))
                .setParallelism(streams.predictions().getParallelism())
                .uid("predictions-sink")
                .name("Write predictions");

        if (streams.alerts() != null && output.alerts() != null) {
            streams.alerts()
                    .sinkTo(sinks.values("alerts", output.alerts().topic(), AlertJson::write))
                    .setParallelism(1)
                    .uid("alerts-sink")
                    .name("Write alerts");
        }

        if (streams.recommendations() != null && output.recommendationsTopic() != null) {
            streams.recommendations()
                    .sinkTo(sinks.recommendations(output.recommendationsTopic()))
                    .setParallelism(streams.recommendations().getParallelism())
                    .uid("recommendations-sink")
                    .name("Write recommendations");
        }

        streams.metrics()
                .sinkTo(sinks.texts("metrics", output.metricsTopic(), ReportRow::toJson))
                .setParallelism(1)
                .uid("metrics-sink")
                .name("Write metrics");

        streams.deadLetters()
                .sinkTo(sinks.deadLetters(output.deadLettersTopic(), RecordLimits.DEFAULT))
                .setParallelism(1)
                .uid("dead-letters-sink")
                .name("Write dead letters");
    }
}
