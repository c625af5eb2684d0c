package dev.millrace.cli.demo;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.stage.EmbeddedStage;
import dev.millrace.cli.stage.JobRun;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.cli.topics.MetricsView;
import dev.millrace.cli.topics.TopicReader;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.TrainingJob;
import dev.millrace.operators.order.Order;
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

/** Runs a demo with everything embedded, from the start of a broker to the report. */
public final class DemoRunner {

    private static final int PARTITIONS = 2;
    private static final Duration SLICE = Duration.ofDays(1);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(400);
    /** After the last event was written: as long as its score may take. */
    private static final double LONGEST_END_SECONDS = 60;

    private final Demo demo;
    private final DemoOptions options;
    private final Terminal terminal;
    private final MetricsView metrics = new MetricsView();
    private final List<Rate> rates = new ArrayList<>();

    DemoRunner(Demo demo, DemoOptions options, Terminal terminal) {
        this.demo = demo;
        this.options = options;
        this.terminal = terminal;
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

    private Pipeline pipeline() {
        String resource = demo.pipelineResource();
        try (InputStream input = DemoRunner.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the class path; build anew");
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
            SimulatorFeed feed =
                    new SimulatorFeed(demo, stage.pipeline(), producer, options.events(), options.speed(), scored::get);
            Thread thread = new Thread(feed, "simulator");
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

    /** Shows the state until the demo is to end. */
    private DemoState watch(
            EmbeddedStage stage, JobRun job, SimulatorFeed feed, AtomicLong scored, AtomicLong stopRequests)
            throws InterruptedException {
        LiveView view = new LiveView(terminal, demo.face(), stage.flink().webUiUrl());
        Pipeline pipeline = stage.pipeline();
        try (TopicReader predictions = new TopicReader(
                        stage.bootstrapServers(), pipeline.output().predictionsTopic());
                TopicReader results = new TopicReader(stage.bootstrapServers(), demo.resultsTopic(pipeline));
                TopicReader metricRows = new TopicReader(
                        stage.bootstrapServers(), pipeline.output().metricsTopic())) {
            Stopwatch watch = new Stopwatch();
            while (true) {
                boolean ended = job.await(LOOK_INTERVAL);
                boolean fed = feed.finished();
                scored.set(predictions.count());
                metricRows.readNew(metrics::add);
                results.readNew(result -> demo.read(result.value()));
                watch.look(scored.get());
                if (scored.get() > 0) {
                    rates.add(new Rate(watch.seconds(), watch.eventsPerSecond()));
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

    private DemoState state(SimulatorFeed feed, long scored, Stopwatch watch) {
        return new DemoState(
                watch.seconds(),
                feed.time(),
                feed.events(),
                scored,
                feed.otherRecords(),
                watch.eventsPerSecond(),
                demo.hits(),
                metrics.newest(MetricScope.TOTAL, demo.measured()),
                metrics.slices(MetricScope.SLIDING, demo.measured()));
    }

    private void report(DemoState last) {
        String page = demo.report(last, metrics.slices(MetricScope.SLICE, demo.measured()), rates);
        try {
            Files.writeString(options.report(), page);
        } catch (IOException e) {
            throw new WrongInputException(
                    "cannot write " + options.report() + ": " + e.getMessage()
                            + "; name a file in a directory that exists",
                    e);
        }
        terminal.out().println(demo.face().line(last));
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
