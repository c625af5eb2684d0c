package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.Metric;
import dev.millrace.jobs.JobRig.Message;
import dev.millrace.jobs.JobRig.Outcome;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In event-time order everything a job computes is a function of the set of records alone. */
class DeterminismITCase {

    private static final Payments PAYMENTS = new Payments(1_500);
    private static JobRig rig;

    @BeforeAll
    static void start() {
        rig = new JobRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest(name = "{0} shards")
    @ValueSource(ints = {1, 4})
    void weightsScoresAndMetricsDependOnTheSetOfRecordsAlone(int shards) throws Exception {
        String delayed = Payments.delayedLabels(shards);
        List<Message> events = PAYMENTS.eventsWithLabels();

        Outcome once = run(delayed, events, List.of(), 1, 1, Duration.ofMillis(200));
        assertThat(once.predictions()).hasSize(PAYMENTS.count());
        assertThat(once.deadLetters()).isEmpty();
        assertThat(once.total(MeasuredLabels.REAL).count()).isEqualTo(PAYMENTS.count());
        assertThat(once.total(MeasuredLabels.REAL).metrics().get(Metric.ROC_AUC).orElseThrow())
                .isGreaterThan(0.6);
        List<String> expected = once.fingerprint();

        assertThat(run(delayed, events, List.of(), 1, 1, Duration.ofMillis(200)).fingerprint())
                .as("a second run")
                .isEqualTo(expected);
        assertThat(run(delayed, events, List.of(), 1, 2, Duration.ofMillis(200)).fingerprint())
                .as("parallelism 2")
                .isEqualTo(expected);
        assertThat(run(delayed, events, List.of(), 4, 2, Duration.ofMillis(200)).fingerprint())
                .as("four partitions")
                .isEqualTo(expected);
        assertThat(run(delayed, Payments.shuffled(events, 3), List.of(), 1, 2, Duration.ofMillis(20))
                        .fingerprint())
                .as("shuffled, watermarks every 20 ms")
                .isEqualTo(expected);
        assertThat(run(delayed, Payments.shuffled(events, 4), List.of(), 4, 1, Duration.ofSeconds(1))
                        .fingerprint())
                .as("shuffled, watermarks every second")
                .isEqualTo(expected);
        assertThat(run(
                                Payments.labelTopic(shards),
                                Payments.shuffled(PAYMENTS.events(), 5),
                                Payments.shuffled(PAYMENTS.labels(), 6),
                                4,
                                2,
                                Duration.ofMillis(200))
                        .fingerprint())
                .as("labels on a topic of their own")
                .isEqualTo(expected);
    }

    private static Outcome run(
            String yaml,
            List<Message> events,
            List<Message> labels,
            int partitions,
            int parallelism,
            Duration watermarkInterval)
            throws Exception {
        Pipeline pipeline = rig.pipeline(yaml);
        rig.createTopics(pipeline, partitions);
        rig.write(pipeline.events().topic(), partitions, events);
        if (pipeline.label() instanceof LabelSource.Streams label) {
            rig.write(label.streams().get(0).topic(), partitions, labels);
        }
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, watermarkInterval);
        JobOptions options = JobOptions.bounded(PAYMENTS.horizon()).withMetricsSlice(Duration.ofHours(6));
        return rig.run(pipeline, options, parallelism, configuration);
    }
}
