package dev.millrace.cli.evaluate;

import dev.millrace.cli.loader.Loaded;
import dev.millrace.cli.loader.Pace;
import dev.millrace.cli.loader.RowEncoder;
import dev.millrace.cli.loader.TopicLoader;
import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.stage.EmbeddedStage;
import dev.millrace.cli.stage.JobRun;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.cli.topics.MetricsView;
import dev.millrace.cli.topics.TopicReader;
import dev.millrace.connectors.DeadLetterHeaders;
import dev.millrace.connectors.PredictionJson;
import dev.millrace.connectors.format.RowNumber;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.events.Prediction;
import dev.millrace.events.RecordLayout;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.TrainingJob;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.EventStream;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.LabelStream;
import dev.millrace.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One run of a pipeline over files, in event-time order: the topology that a cluster runs, on a real broker, to the end of
 * the files. What it finds depends on the records alone.
 */
public final class Evaluation {

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);
    private static final int REJECTIONS_SHOWN = 3;

    private final EvaluationRequest request;
    private final Terminal terminal;
    private final InstantSource clock;
    private final KnownLabels labels;
    private final List<Prediction> predictions = new ArrayList<>();
    private long selected;
    private long skipped;

    public Evaluation(EvaluationRequest request, Terminal terminal, InstantSource clock) {
        this.request = request;
        this.terminal = terminal;
        this.clock = clock;
        this.labels = new KnownLabels(request.keepPredictions());
    }

    /**
     * @throws WrongInputException if the files do not fit the pipeline
     * @throws dev.millrace.cli.stage.JobFailedException if the job does not come to its end
     */
    public EvaluationResult run() throws InterruptedException {
        try (EmbeddedStage stage = EmbeddedStage.open(
                request.pipeline(), request.partitions(), request.parallelism(), new Configuration())) {
            Loaded events = load(stage);
            double seconds = train(stage, events);
            return read(stage, seconds);
        }
    }

    /** Of a run that kept its predictions. */
    public void writePredictions(Path file) throws IOException {
        PredictionsFile.write(file, predictions, labels);
    }

    private Loaded load(EmbeddedStage stage) {
        Pipeline pipeline = stage.pipeline();
        try (Producer<byte[], byte[]> producer = producer(stage.bootstrapServers())) {
            TopicLoader loader = new TopicLoader(producer, RowNumber.HEADER, clock, Pace.unlimited());
            SourceRecords events = SourceRecords.ofEvents(pipeline.events(), clock, labels);
            Loaded loaded = load(
                    loader,
                    "Loading events",
                    request.events(),
                    pipeline.events().topic(),
                    pipeline.events().layout(),
                    events,
                    request.limit());
            if (loaded.lastTime().isEmpty()) {
                throw new WrongInputException("no row of " + request.events() + " is an event"
                        + events.firstRejection().map(reason -> "; " + reason).orElse(": there are none"));
            }
            selected = events.selected();
            skipped = events.skipped();
            warnOfDisorder(loaded, pipeline.events().maxOutOfOrderness(), "events");
            if (pipeline.label() instanceof LabelSource.Streams own) {
                own.streams().forEach(stream -> loadLabels(loader, stream, pipeline.events()));
            }
            return loaded;
        }
    }

    private void loadLabels(TopicLoader loader, LabelStream stream, EventStream events) {
        String what = stream.name().isEmpty() ? "labels" : stream.name() + " labels";
        Loaded loaded = load(
                loader,
                "Loading " + what,
                Objects.requireNonNull(request.labels().get(stream.name())),
                stream.topic(),
                stream.layout(),
                SourceRecords.ofLabels(stream.layout(), stream.topic(), clock, labels),
                Long.MAX_VALUE);
        warnOfDisorder(loaded, events.maxOutOfOrderness(), what);
    }

    private Loaded load(
            TopicLoader loader,
            String task,
            List<Path> files,
            String topic,
            RecordLayout layout,
            SourceRecords records,
            long limit) {
        try (Progress progress = terminal.progress(task, TopicLoader.bytesOf(files), " bytes")) {
            return loader.load(
                    files,
                    topic,
                    request.partitions(),
                    file -> RowEncoder.forLayout(layout, file.columns(), file.path()),
                    records,
                    limit,
                    progress::stepTo);
        }
    }

    private void warnOfDisorder(Loaded loaded, Duration tolerated, String what) {
        if (loaded.mostOutOfOrderMillis() > tolerated.toMillis()) {
            terminal.say("warning: some " + what + " are " + Duration.ofMillis(loaded.mostOutOfOrderMillis())
                    + " earlier than one before them in the files, more than events.max-out-of-orderness ("
                    + tolerated + "); they are handled late. Sort the files by time, or raise it");
        }
    }

    private static Producer<byte[], byte[]> producer(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 << 10,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                16 << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private double train(EmbeddedStage stage, Loaded events) throws InterruptedException {
        StreamExecutionEnvironment environment = stage.flink().environment();
        TrainingJob.define(
                environment,
                stage.pipeline(),
                new JobOptions(
                        Order.EVENT_TIME, events.lastTime().orElseThrow(), true, request.slice(), request.from()));
        JobRun job = JobRun.submit(stage.flink(), environment, stage.pipeline().name());
        try (TopicReader scored = new TopicReader(
                        stage.bootstrapServers(), stage.pipeline().output().predictionsTopic());
                Progress progress = terminal.progress("Learning", events.rows(), " events")) {
            while (!job.await(PROGRESS_INTERVAL)) {
                progress.stepTo(scored.count());
            }
            progress.stepTo(scored.count());
        }
        return job.seconds();
    }

    private EvaluationResult read(EmbeddedStage stage, double seconds) {
        MetricsView metrics = new MetricsView();
        List<String> rejections = new ArrayList<>();
        long rejected;
        try (TopicReader reader = reader(stage, stage.pipeline().output().metricsTopic())) {
            reader.readToEnd(metrics::add);
        }
        try (TopicReader reader = reader(stage, stage.pipeline().output().deadLettersTopic())) {
            rejected = reader.count();
            reader.readToEnd(record -> {
                if (rejections.size() < REJECTIONS_SHOWN) {
                    rejections.add(
                            header(record, DeadLetterHeaders.TOPIC) + ": " + header(record, DeadLetterHeaders.DETAIL));
                }
            });
        }
        if (request.keepPredictions()) {
            try (TopicReader reader = reader(stage, stage.pipeline().output().predictionsTopic())) {
                reader.readToEnd(record -> predictions.add(prediction(record)));
            }
        }
        return new EvaluationResult(
                stage.pipeline().name(),
                selected,
                rejected,
                skipped,
                seconds,
                metrics.newest(MetricScope.TOTAL, MeasuredLabels.REAL),
                metrics.newest(MetricScope.SINCE, MeasuredLabels.REAL),
                metrics.newest(MetricScope.TOTAL, MeasuredLabels.ALL),
                stage.pipeline().label() instanceof LabelSource.Inside
                        ? labels.noChangeAccuracy()
                        : OptionalDouble.empty(),
                metrics.digest(),
                rejections);
    }

    private static TopicReader reader(EmbeddedStage stage, String topic) {
        return new TopicReader(stage.bootstrapServers(), topic);
    }

    private static Prediction prediction(ConsumerRecord<byte[], byte[]> record) {
        try {
            return PredictionJson.read(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
