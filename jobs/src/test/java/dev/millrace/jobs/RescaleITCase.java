package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.jobs.JobRig.Message;
import dev.millrace.jobs.JobRig.Outcome;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A live job that is stopped after each third of its records and goes on, from its savepoint, at twice the parallelism: models whose
 * state is many entries under one key, embedding rows or the items and users of a ranking.
 */
class RescaleITCase {

    private static final String EVENTS =
            """
            name: NAME
            kafka: {bootstrap-servers: "BROKER"}
            events:
              topic: NAME-events
              fields: {id: string, user: id, item: string, rating: number, at: {timestamp: millis}}
              id: id
              time: at
              max-out-of-orderness: 10s
            """;

    private static final Map<String, String> PIPELINES = Map.of(
            "embeddings",
            EVENTS
                    + """
                    label: {field: rating}
                    features: [{field: user, embedding: 4}, {field: item, embedding: 4}]
                    model: {task: regression, join: fm, layers: [{dense: 4}]}
                    training: {shards: 4, shard-by: user, batch: 4}
                    """,
            "two-towers",
            EVENTS
                    + """
                    label: {field: rating}
                    features: [{field: user, embedding: 4, into: user}, {field: item, embedding: 4, into: item}]
                    model: {task: regression, branches: {user: [{dense: 3}], item: [{dense: 3}]}, join: dot, layers: []}
                    training: {shards: 4, shard-by: user, batch: 4}
                    """,
            "ranking",
            EVENTS
                    + """
                    ranking: {user: user, item: item, inputs: [last-pairs, history-pairs, count, similarity], vectors: 4, baselines: true}
                    model: {task: ranking, layers: [{dense: 4}]}
                    training: {shards: 4}
                    """);

    private static final int PARTITIONS = 2;
    private static final int[] PARALLELISM = {1, 2, 4};
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long END = START + Duration.ofDays(1).toMillis();
    private static final int USERS = 40;
    private static final int ITEMS = 30;
    /** More records than come within {@code max-out-of-orderness}. */
    private static final int UNORDERED = 50;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "embeddings, hashmap",
        "embeddings, rocksdb",
        "two-towers, hashmap",
        "ranking, hashmap",
        "ranking, rocksdb"
    })
    void aRescaledRunEndsWithTheSameWeightsScoresAndMetrics(String name, String backend) throws Exception {
        List<Message> takings = takings();
        try (JobRig rig = new JobRig()) {
            Outcome rescaled = rescaled(rig, PIPELINES.get(name), backend, takings);

            Pipeline pipeline = rig.pipeline(PIPELINES.get(name));
            rig.createTopics(pipeline, PARTITIONS);
            rig.write(pipeline.events().topic(), PARTITIONS, takings);
            rig.write(pipeline.events().topic(), PARTITIONS, closing());
            Outcome undisturbed = rig.run(pipeline, JobOptions.bounded(END), 1, new Configuration());

            assertThat(undisturbed.digest().updates()).isGreaterThan(100);
            assertThat(rescaled.fingerprint()).isEqualTo(undisturbed.fingerprint());
        }
    }

    private Outcome rescaled(JobRig rig, String yaml, String backend, List<Message> takings) throws Exception {
        Pipeline pipeline = rig.pipeline(yaml);
        rig.createTopics(pipeline, PARTITIONS);
        JobOptions options = new JobOptions(Order.EVENT_TIME, END, false, JobOptions.DEFAULT_METRICS_SLICE, null);
        String savepoint = null;
        for (int part = 0; part < PARALLELISM.length; part++) {
            boolean last = part == PARALLELISM.length - 1;
            try (EmbeddedFlink flink = EmbeddedFlink.builder()
                    .slots(PARALLELISM[part])
                    .configuration(configuration(backend, savepoint))
                    .start()) {
                var env = flink.environment();
                TrainingJob.define(env, pipeline, options);
                JobClient job = env.executeAsync(pipeline.name());
                int from = takings.size() * part / PARALLELISM.length;
                int to = takings.size() * (part + 1) / PARALLELISM.length;
                rig.write(pipeline.events().topic(), PARTITIONS, takings.subList(from, to));
                if (last) {
                    rig.write(pipeline.events().topic(), PARTITIONS, closing());
                }
                // The newest wait for event time, and go into the savepoint; at the end those that close do.
                int scored = last ? takings.size() : to - UNORDERED;
                String predictions = pipeline.output().predictionsTopic();
                await().atMost(PATIENCE).until(() -> rig.read(predictions).size() >= scored);
                savepoint = job.stopWithSavepoint(last, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
                job.getJobExecutionResult().get();
            }
        }
        return rig.outcome(pipeline);
    }

    private static Configuration configuration(String backend, @Nullable String savepoint) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        return configuration;
    }

    /** Nobody takes an item twice. */
    private static List<Message> takings() {
        Random random = new Random(4);
        List<Integer> pairs = new ArrayList<>();
        for (int pair = 0; pair < USERS * ITEMS; pair++) {
            pairs.add(pair);
        }
        Collections.shuffle(pairs, random);
        List<Message> takings = new ArrayList<>();
        for (int pair : pairs.subList(0, 600)) {
            takings.add(taking(START + takings.size() * 1_000L, "u" + pair / ITEMS, pair % ITEMS, random.nextInt(5)));
        }
        return takings;
    }

    /** Moves event time beyond all the others, in both partitions. */
    private static List<Message> closing() {
        return List.of(taking(END, "closing-0", 0, 3), taking(END, "closing-1", 1, 3));
    }

    private static Message taking(long time, String user, int item, int rating) {
        return Message.of(
                time,
                "{\"id\":\"%s-%d\",\"user\":\"%s\",\"item\":\"i%d\",\"rating\":%d,\"at\":%d}"
                        .formatted(user, item, user, item, 1 + rating, time));
    }
}
