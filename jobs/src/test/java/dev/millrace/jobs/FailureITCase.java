package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.events.Prediction;
import dev.millrace.jobs.JobRig.Outcome;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.serializers.CodecTypeInformation;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that fails in the middle of a run, on a real broker, with checkpoints. */
class FailureITCase {

    private static final int FAILURES = 3;
    private static final int PARTITIONS = 2;
    /** Through native code, so that the run is long enough for several checkpoints. */
    private static final Payments PAYMENTS = new Payments(8_000);

    private static JobRig rig;

    @TempDir
    Path checkpoints;

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
    void inEventTimeOrderAKilledRunEndsWithTheSameWeightsScoresAndMetrics(String backend, int parallelism)
            throws Exception {
        String yaml = Payments.onDl4j(Payments.labelTopic(2));
        Outcome undisturbed = run(prepared(yaml), Order.EVENT_TIME, new Configuration(), parallelism, 0);
        Outcome killed = run(prepared(yaml), Order.EVENT_TIME, withCheckpoints(backend), parallelism, FAILURES);

        assertThat(killed.fingerprint()).isEqualTo(undisturbed.fingerprint());
        assertThat(killed.labelCounts().outcomes())
                .isEqualTo(undisturbed.labelCounts().outcomes());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void inArrivalOrderEveryLabelledExampleIsTrainedExactlyOnce(String backend) throws Exception {
        String yaml = Payments.onDl4j(Payments.labelTopic(2));
        Outcome killed = run(prepared(yaml), Order.ARRIVAL, withCheckpoints(backend), 2, FAILURES);

        assertThat(killed.digest().trainedRows() + killed.digest().partBatchRows())
                .isEqualTo(PAYMENTS.count());
        assertThat(killed.total(MeasuredLabels.REAL).count()).isEqualTo(PAYMENTS.count());
        assertThat(killed.labelCounts().outcomes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("every label in one counter")
                .isEqualTo(PAYMENTS.count());
    }

    private static Pipeline prepared(String yaml) {
        Pipeline pipeline = rig.pipeline(yaml);
        rig.createTopics(pipeline, PARTITIONS);
        rig.write(pipeline.events().topic(), PARTITIONS, PAYMENTS.events());
        rig.write(((LabelSource.Topic) pipeline.label()).topic(), PARTITIONS, PAYMENTS.labels());
        return pipeline;
    }

    private static Outcome run(
            Pipeline pipeline, Order order, Configuration configuration, int parallelism, int failures)
            throws Exception {
        JobOptions options = new JobOptions(order, PAYMENTS.horizon(), true, Duration.ofHours(24), null);
        try (EmbeddedFlink flink = EmbeddedFlink.builder()
                .slots(parallelism)
                .configuration(configuration)
                .start()) {
            var env = flink.environment();
            TrainingJob job = new TrainingJob(env, pipeline, options);
            job.write(failing(job.read(), new FailureInjection<>(pipeline.name(), failures)));
            env.execute(pipeline.name());
        }
        assertThat(FailureInjection.failures(pipeline.name())).isEqualTo(failures);
        return rig.outcome(pipeline);
    }

    /** Fails behind the learner, in the same task. */
    private static TrainingStreams failing(TrainingStreams streams, FailureInjection<Prediction> injection) {
        var predictions = streams.predictions()
                .map(injection, CodecTypeInformation.PREDICTION)
                .setParallelism(streams.predictions().getParallelism())
                .uid("failure-injection");
        return new TrainingStreams(predictions, streams.metrics(), streams.deadLetters());
    }

    private Configuration withCheckpoints(String backend) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        // Little in flight between tasks: barriers pass while the run is on, and not behind all of its records.
        configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(4096));
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, FAILURES);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        return configuration;
    }
}
