package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.connectors.Ingested;
import dev.millrace.connectors.IngestedTypes;
import dev.millrace.connectors.Topics;
import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.jobs.FailureInjection.Control;
import dev.millrace.jobs.JobRig.Message;
import dev.millrace.jobs.JobRig.Outcome;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A live job on a real broker. A quarter of the records is written, a checkpoint taken, and the job fails at the next
 * record; three times. When the last quarter has been read it is stopped and drained.
 */
class FailureITCase {

    private static final int QUARTERS = 4;
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Payments PAYMENTS = new Payments(2_000);

    private static JobRig rig;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        rig = new JobRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest(name = "{0}, parallelism {1}")
    @CsvSource({"hashmap, 1", "hashmap, 2", "rocksdb, 2"})
    void inEventTimeOrderAFailingRunEndsWithTheSameWeightsScoresAndMetrics(String backend, int parallelism)
            throws Exception {
        Outcome failing = runFailing(Order.EVENT_TIME, backend, parallelism);
        Outcome undisturbed = runUndisturbed(parallelism);

        assertThat(failing.fingerprint()).isEqualTo(undisturbed.fingerprint());
        assertThat(failing.labelCounts().outcomes())
                .isEqualTo(undisturbed.labelCounts().outcomes());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void inArrivalOrderEveryLabelledExampleIsTrainedExactlyOnce(String backend) throws Exception {
        Outcome failing = runFailing(Order.ARRIVAL, backend, 2);

        assertThat(failing.digest().trainedRows() + failing.digest().partBatchRows())
                .isEqualTo(PAYMENTS.count());
        assertThat(failing.total(MeasuredLabels.REAL).count()).isEqualTo(PAYMENTS.count());
        assertThat(failing.labelCounts().outcomes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("every label in one counter")
                .isEqualTo(PAYMENTS.count());
    }

    private static Outcome runUndisturbed(int parallelism) throws Exception {
        Pipeline pipeline = rig.pipeline(Payments.labelTopic(2));
        rig.createTopics(pipeline, PARTITIONS);
        rig.write(pipeline.events().topic(), PARTITIONS, PAYMENTS.events());
        rig.write(labelTopic(pipeline), PARTITIONS, PAYMENTS.labels());
        return rig.run(pipeline, JobOptions.bounded(PAYMENTS.horizon()), parallelism, new Configuration());
    }

    private Outcome runFailing(Order order, String backend, int parallelism) throws Exception {
        Pipeline pipeline = rig.pipeline(Payments.labelTopic(2));
        rig.createTopics(pipeline, PARTITIONS);
        Control events = FailureInjection.control(pipeline.name() + "-events");
        Control labels = FailureInjection.control(pipeline.name() + "-labels");
        JobOptions options = new JobOptions(order, PAYMENTS.horizon(), false, JobOptions.DEFAULT_METRICS_SLICE, null);
        try (EmbeddedFlink flink = EmbeddedFlink.builder()
                .slots(parallelism)
                .configuration(withCheckpoints(backend))
                .start()) {
            JobClient job = submit(flink, pipeline, options);
            for (int quarter = 0; quarter < QUARTERS; quarter++) {
                write(pipeline, quarter);
                awaitPassed(events, quarter);
                awaitPassed(labels, quarter);
                int checkpoints = events.checkpoints();
                await().atMost(PATIENCE).until(() -> events.checkpoints() > checkpoints + 1);
                if (quarter < QUARTERS - 1) {
                    events.failAtNextRecord();
                }
            }
            job.stopWithSavepoint(true, directory.resolve("savepoint").toUri().toString(), SavepointFormatType.NATIVE)
                    .get();
            job.getJobExecutionResult().get();
        }
        assertThat(events.failures()).isEqualTo(QUARTERS - 1);
        return rig.outcome(pipeline);
    }

    private static JobClient submit(EmbeddedFlink flink, Pipeline pipeline, JobOptions options) throws Exception {
        var env = flink.environment();
        TrainingJob job = new TrainingJob(env, pipeline, options);
        try (Topics topics = new Topics(TrainingJob.connection(pipeline))) {
            DataStream<Ingested<Event>> events = job.events(topics);
            LabelInput labels = job.labels(topics).get(0);
            job.write(TrainingTopology.define(
                    pipeline,
                    options,
                    events.map(new FailureInjection<>(pipeline.name() + "-events"), IngestedTypes.INGESTED_EVENT)
                            .setParallelism(events.getParallelism())
                            .uid("failing-events"),
                    List.of(new LabelInput(
                            labels.name(),
                            labels.labels()
                                    .map(
                                            new FailureInjection<>(pipeline.name() + "-labels"),
                                            IngestedTypes.INGESTED_LABEL)
                                    .setParallelism(labels.labels().getParallelism())
                                    .uid("failing-labels"))),
                    null));
        }
        return env.executeAsync(pipeline.name());
    }

    private static void write(Pipeline pipeline, int quarter) {
        rig.write(pipeline.events().topic(), PARTITIONS, part(PAYMENTS.events(), quarter));
        rig.write(labelTopic(pipeline), PARTITIONS, part(PAYMENTS.labels(), quarter));
    }

    /** Partitions are read in order: when the last record of each has passed, all have. */
    private static void awaitPassed(Control control, int quarter) {
        int end = PAYMENTS.count() * (quarter + 1) / QUARTERS;
        for (int id = end - PARTITIONS; id < end; id++) {
            EventId last = EventId.of(id);
            await().atMost(PATIENCE).until(() -> control.hasPassed(last));
        }
    }

    private static List<Message> part(List<Message> messages, int quarter) {
        int size = messages.size();
        return messages.subList(size * quarter / QUARTERS, size * (quarter + 1) / QUARTERS);
    }

    private static String labelTopic(Pipeline pipeline) {
        return ((LabelSource.Streams) pipeline.label()).streams().get(0).topic();
    }

    private Configuration withCheckpoints(String backend) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, QUARTERS - 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        return configuration;
    }
}
