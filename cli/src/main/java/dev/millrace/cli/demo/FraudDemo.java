package dev.millrace.cli.demo;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.report.LearningReport.RatePoint;
import dev.millrace.cli.simulator.FraudSimulator;
import dev.millrace.cli.simulator.FraudWorld;
import dev.millrace.cli.simulator.FraudWorld.ReportedLabels;
import dev.millrace.cli.stage.EmbeddedStage;
import dev.millrace.cli.stage.JobRun;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.cli.topics.MetricsView;
import dev.millrace.cli.topics.TopicReader;
import dev.millrace.connectors.AlertJson;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.events.Alert;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.TrainingJob;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.AlertOutput;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.PipelineFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The demo of card fraud, from the start of a broker to the report. */
public final class FraudDemo {

    private static final String PIPELINE = "/dev/millrace/cli/pipelines/fraud.yaml";
    private static final int PARTITIONS = 2;
    private static final Duration SLICE = Duration.ofDays(1);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(400);
    /** After the last payment was written: as long as its score may take. */
    private static final double LONGEST_END_SECONDS = 60;

    private final FraudDemoOptions options;
    private final Terminal terminal;
    private final MeasuredLabels measured;
    private final AlertTally alerts = new AlertTally();
    private final MetricsView metrics = new MetricsView();
    private final List<RatePoint> rates = new ArrayList<>();

    public FraudDemo(FraudDemoOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        // Where genuine payments are never confirmed their labels are the assumed ones.
        this.measured = options.labels() == ReportedLabels.ALL ? MeasuredLabels.REAL : MeasuredLabels.ALL;
    }

    /** Returns when the events have been scored, or the process is to end. */
    public void run() throws InterruptedException {
        CountDownLatch reported = new CountDownLatch(1);
        AtomicLong stopRequests = new AtomicLong();
        Thread onInterrupt = new Thread(
                () -> {
                    stopRequests.incrementAndGet();
                    awaitReport(reported);
                },
                "end-of-demo");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            terminal.say("Starting an embedded Kafka broker and Flink …");
            try (EmbeddedStage stage = EmbeddedStage.open(pipeline(), PARTITIONS, 1, configuration())) {
                runOn(stage, stopRequests);
            }
        } finally {
            reported.countDown();
            removeHook(onInterrupt);
        }
    }

    private static void awaitReport(CountDownLatch reported) {
        try {
            if (!reported.await(20, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, which is why we are here.
        }
    }

    private static Pipeline pipeline() {
        try (InputStream input = FraudDemo.class.getResourceAsStream(PIPELINE)) {
            if (input == null) {
                throw new IllegalStateException("resource " + PIPELINE + " is missing from the class path; build anew");
            }
            return PipelineFile.parse(new String(input.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "8081-8181");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        return configuration;
    }

    private void runOn(EmbeddedStage stage, AtomicLong stopRequests) throws InterruptedException {
        StreamExecutionEnvironment environment = stage.flink().environment();
        TrainingJob.define(
                environment,
                stage.pipeline(),
                JobOptions.continuous(Order.ARRIVAL).withMetricsSlice(SLICE));
        JobRun job = JobRun.submit(stage.flink(), environment, stage.pipeline().name());
        terminal.say("Flink web UI: " + stage.flink().webUiUrl());

        AtomicLong scored = new AtomicLong();
        try (Producer<byte[], byte[]> producer = producer(stage.bootstrapServers())) {
            SimulatorFeed feed = feed(stage.pipeline(), producer, scored);
            Thread thread = new Thread(feed, "fraud-simulator");
            thread.setDaemon(true);
            thread.start();
            DemoState last;
            try {
                last = watch(stage, job, feed, scored, stopRequests);
            } finally {
                feed.stop();
                thread.join();
            }
            job.cancel();
            report(last);
        }
    }

    private SimulatorFeed feed(Pipeline pipeline, Producer<byte[], byte[]> producer, AtomicLong scored) {
        if (!(pipeline.label() instanceof LabelSource.Streams labels)) {
            throw new IllegalStateException("the pipeline of the demo must have a label topic");
        }
        FraudWorld world = FraudWorld.withSeed(options.seed()).withLabels(options.labels());
        return new SimulatorFeed(
                new FraudSimulator(world),
                producer,
                pipeline.events().topic(),
                labels.streams().get(0).topic(),
                options.events(),
                options.speed(),
                scored::get,
                alerts);
    }

    /** Shows the state until the demo is to end. */
    private DemoState watch(
            EmbeddedStage stage, JobRun job, SimulatorFeed feed, AtomicLong scored, AtomicLong stopRequests)
            throws InterruptedException {
        LiveView view = new LiveView(terminal, stage.flink().webUiUrl());
        Pipeline pipeline = stage.pipeline();
        try (TopicReader predictions = new TopicReader(
                        stage.bootstrapServers(), pipeline.output().predictionsTopic());
                TopicReader alertRecords = new TopicReader(stage.bootstrapServers(), alertsTopic(pipeline));
                TopicReader metricRows = new TopicReader(
                        stage.bootstrapServers(), pipeline.output().metricsTopic())) {
            Stopwatch watch = new Stopwatch();
            while (true) {
                boolean ended = job.await(LOOK_INTERVAL);
                boolean fed = feed.finished();
                scored.set(predictions.count());
                metricRows.readNew(metrics::add);
                alertRecords.readNew(record -> alerts.addAlert(alert(record.value())));
                watch.look(scored.get());
                if (scored.get() > 0) {
                    rates.add(new RatePoint(watch.seconds(), watch.eventsPerSecond()));
                }
                DemoState state = state(feed, scored.get(), watch);
                view.show(state);
                boolean allScored =
                        fed && (scored.get() >= feed.events() || watch.secondsAtRest() > LONGEST_END_SECONDS);
                if (ended || allScored || stopRequests.get() > 0) {
                    return state;
                }
            }
        }
    }

    private static String alertsTopic(Pipeline pipeline) {
        AlertOutput output = pipeline.output().alerts();
        if (output == null) {
            throw new IllegalStateException("the pipeline of the demo must raise alerts");
        }
        return output.topic();
    }

    private static Alert alert(byte[] record) {
        try {
            return AlertJson.read(record);
        } catch (IOException e) {
            throw new UncheckedIOException("the job wrote an alert that cannot be read", e);
        }
    }

    private DemoState state(SimulatorFeed feed, long scored, Stopwatch watch) {
        return new DemoState(
                watch.seconds(),
                feed.time(),
                feed.events(),
                scored,
                feed.labels(),
                watch.eventsPerSecond(),
                alerts.count(),
                metrics.newest(MetricScope.TOTAL, measured),
                metrics.slices(MetricScope.SLIDING, measured));
    }

    private void report(DemoState last) {
        String page = new DemoReport(options, last, metrics.slices(MetricScope.SLICE, measured), rates).html();
        try {
            Files.writeString(options.report(), page);
        } catch (IOException e) {
            throw new WrongInputException(
                    "cannot write " + options.report() + ": " + e.getMessage()
                            + "; name a file in a directory that exists",
                    e);
        }
        terminal.out().println(LiveView.line(last));
        terminal.out().println("Report: " + options.report().toAbsolutePath());
    }

    private static Producer<byte[], byte[]> producer(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 << 10);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
