package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.jobs.JobRig.Message;
import dev.millrace.jobs.JobRig.Outcome;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.LabelStream;
import dev.millrace.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Feedback, chargebacks and their reversals on topics of their own. */
class LabelStreamsITCase {

    private static final Payments PAYMENTS = new Payments(1_500);
    private static final LabelStreams LABELS = new LabelStreams(PAYMENTS);
    private static JobRig rig;

    @BeforeAll
    static void start() {
        rig = new JobRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void everyLabelOfEveryStreamHasItsOneOutcome() throws Exception {
        Outcome outcome = run(LabelStreams.pipeline(1), inOrder(), 1, 1, Duration.ofMillis(200));

        assertThat(occurred(outcome)).isEqualTo(LABELS.outcomes());
        assertThat(LABELS.outcomes()).containsOnlyKeys("real", "assumed", "duplicate", "revised");
        long trained = LABELS.outcomes().get("real")
                + LABELS.outcomes().get("assumed")
                + LABELS.outcomes().get("revised");
        assertThat(outcome.digest().trainedRows() + outcome.digest().partBatchRows())
                .as("each label is trained once, a duplicate never")
                .isEqualTo(trained);
        assertThat(outcome.deadLetters()).isEmpty();
    }

    @Test
    void weightsScoresAndMetricsDependOnTheSetOfLabelsAndNotOnTheirStreams() throws Exception {
        Outcome once = run(LabelStreams.pipeline(2), inOrder(), 1, 1, Duration.ofMillis(200));
        List<String> expected = once.fingerprint();
        assertThat(once.total(MeasuredLabels.ALL).count()).isEqualTo(PAYMENTS.count() - unresolved());

        assertThat(run(LabelStreams.pipeline(2), shuffled(3), 1, 2, Duration.ofMillis(20))
                        .fingerprint())
                .as("shuffled, parallelism 2")
                .isEqualTo(expected);
        assertThat(run(LabelStreams.pipeline(2), shuffled(7), 4, 2, Duration.ofSeconds(1))
                        .fingerprint())
                .as("shuffled, four partitions")
                .isEqualTo(expected);
        assertThat(run(
                                LabelStreams.oneTopic(2),
                                Map.of("events", PAYMENTS.events(), "", Payments.shuffled(LABELS.merged(), 5)),
                                2,
                                2,
                                Duration.ofMillis(200))
                        .fingerprint())
                .as("all labels on one topic")
                .isEqualTo(expected);
    }

    /** Payments whose deadline lies beyond the last event, and that no label came for. */
    private static long unresolved() {
        long resolved = LABELS.outcomes().get("real") + LABELS.outcomes().get("assumed");
        return PAYMENTS.count() - resolved - LABELS.chargedAfterHorizon();
    }

    private static Map<String, Long> occurred(Outcome outcome) {
        return outcome.labelCounts().outcomes().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, List<Message>> inOrder() {
        return Map.of("events", PAYMENTS.events(), "feedback", LABELS.feedback(), "chargebacks", LABELS.chargebacks());
    }

    private static Map<String, List<Message>> shuffled(long seed) {
        return Map.of(
                "events",
                Payments.shuffled(PAYMENTS.events(), seed),
                "feedback",
                Payments.shuffled(LABELS.feedback(), seed + 1),
                "chargebacks",
                Payments.shuffled(LABELS.chargebacks(), seed + 2));
    }

    /** @param messages of the events, and of each label stream by its name */
    private static Outcome run(
            String yaml,
            Map<String, List<Message>> messages,
            int partitions,
            int parallelism,
            Duration watermarkInterval)
            throws Exception {
        Pipeline pipeline = rig.pipeline(yaml);
        rig.createTopics(pipeline, partitions);
        rig.write(pipeline.events().topic(), partitions, messages.get("events"));
        for (LabelStream stream : ((LabelSource.Streams) pipeline.label()).streams()) {
            rig.write(stream.topic(), partitions, messages.get(stream.name()));
        }
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, watermarkInterval);
        JobOptions options = JobOptions.bounded(PAYMENTS.horizon()).withMetricsSlice(Duration.ofHours(6));
        return rig.run(pipeline, options, parallelism, configuration);
    }
}
