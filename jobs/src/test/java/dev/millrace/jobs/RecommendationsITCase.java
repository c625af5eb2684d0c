package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.jobs.JobRig.Message;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A live job: users take items, others ask what to take, and each gets an answer from what the job knows by then. */
class RecommendationsITCase {

    static final String PIPELINE =
            """
            name: NAME
            kafka: {bootstrap-servers: "BROKER"}
            events:
              topic: NAME-events
              fields: {user: id, item: string, at: {timestamp: millis}}
              time: at
            ranking: {user: user, item: item, last: 2, history: 4, negatives: 3, requests: {topic: NAME-requests}}
            model: {task: ranking, layers: [{dense: 4}]}
            training: {shards: 2}
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final int USERS = 12;
    private static final int ITEMS = 6;

    /** In event-time order a source of requests that held event time back would let no event be learned from. */
    @ParameterizedTest
    @EnumSource(Order.class)
    void whoAsksGetsTheItemsTheyDoNotHave(Order order) throws Exception {
        try (JobRig rig = new JobRig();
                EmbeddedFlink flink = EmbeddedFlink.builder()
                        .slots(2)
                        .configuration(new Configuration())
                        .start()) {
            Pipeline pipeline = rig.pipeline(PIPELINE);
            rig.createTopics(pipeline, 2);
            var env = flink.environment();
            TrainingJob.define(env, pipeline, JobOptions.continuous(order));
            JobClient job = env.executeAsync(pipeline.name());

            rig.write(pipeline.events().topic(), 2, takings());
            String predictions = pipeline.output().predictionsTopic();
            await().atMost(PATIENCE).until(() -> rig.read(predictions).size() >= USERS * (ITEMS - 1));

            List<Message> requests = new ArrayList<>();
            for (int user = 0; user < USERS; user++) {
                requests.add(request("{\"id\":\"of-%d\",\"user\":%d,\"k\":10}".formatted(user, user)));
            }
            requests.add(request("{\"id\":\"stranger\",\"user\":\"nobody\",\"k\":2}"));
            requests.add(
                    request(
                            "{\"id\":\"choosy\",\"user\":\"nobody\",\"k\":9,\"candidates\":[\"i1\",\"i2\",\"none\"],\"exclude\":[\"i2\"]}"));
            Map<String, String> bad = bad();
            bad.values().forEach(value -> requests.add(request(value)));
            rig.write(pipeline.ranking().requestsTopic(), 2, requests);

            String answersTopic = pipeline.output().recommendationsTopic();
            await().atMost(PATIENCE).until(() -> rig.read(answersTopic).size() >= USERS + 2);
            String deadLetters = pipeline.output().deadLettersTopic();
            await().atMost(PATIENCE).until(() -> rig.read(deadLetters).size() >= bad.size());
            job.cancel().get();

            Map<String, JsonNode> answers = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> record : rig.read(answersTopic)) {
                JsonNode answer = new ObjectMapper().readTree(record.value());
                answers.put(answer.get("request").asText(), answer);
                assertThat(new String(record.key(), StandardCharsets.UTF_8))
                        .isEqualTo(answer.get("user").asText());
            }
            assertThat(answers).hasSize(USERS + 2);
            for (int user = 0; user < USERS; user++) {
                JsonNode answer = answers.get("of-" + user);
                assertThat(items(answer)).as("of user %d", user).containsExactly("i" + user % ITEMS);
                assertThat(answer.get("source").asText()).isEqualTo("model");
                assertThat(answer.get("model_version").asLong()).isPositive();
            }
            assertThat(items(answers.get("stranger"))).hasSize(2);
            assertThat(answers.get("stranger").get("source").asText()).isEqualTo("popularity");
            assertThat(items(answers.get("choosy"))).containsExactly("i1");
            assertThat(answers.get("choosy").get("unknown_items").asInt()).isEqualTo(1);
            assertThat(reasons(rig.read(deadLetters)))
                    .isEqualTo(bad.keySet().stream().sorted().toList());
        }
    }

    /** A job that ends has nobody to wait for. */
    @Test
    void aBoundedJobReadsNoRequests() throws Exception {
        try (JobRig rig = new JobRig()) {
            Pipeline pipeline = rig.pipeline(PIPELINE);
            rig.createTopics(pipeline, 2);
            rig.write(pipeline.events().topic(), 2, takings());
            rig.write(pipeline.ranking().requestsTopic(), 1, List.of(request("{\"user\":1,\"k\":1}")));

            var outcome = rig.run(
                    pipeline, JobOptions.bounded(START + Duration.ofDays(1).toMillis()), 2, new Configuration());

            assertThat(outcome.predictions()).hasSizeGreaterThanOrEqualTo(USERS * (ITEMS - 1));
            assertThat(rig.read(pipeline.output().recommendationsTopic())).isEmpty();
            assertThat(outcome.deadLetters()).isEmpty();
        }
    }

    /** User u takes every item but i(u mod 6); then somebody else moves event time on, in both partitions. */
    private static List<Message> takings() {
        List<Message> takings = new ArrayList<>();
        long time = START;
        for (int step = 0; step < ITEMS - 1; step++) {
            for (int user = 0; user < USERS; user++) {
                takings.add(taking(time++, "" + user, (user + 1 + step) % ITEMS));
            }
        }
        for (int partition = 0; partition < 2; partition++) {
            takings.add(taking(START + Duration.ofHours(1).toMillis(), "late-" + partition, 0));
        }
        return takings;
    }

    private static Message taking(long time, String user, int item) {
        return Message.of(time, "{\"user\":\"%s\",\"item\":\"i%d\",\"at\":%d}".formatted(user, item, time));
    }

    private static Message request(String value) {
        return Message.of(START, value);
    }

    /** By reason. */
    private static Map<String, String> bad() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("k-out-of-range", "{\"user\":1,\"k\":0}");
        bad.put("missing-user", "{\"user\":null,\"k\":1}");
        bad.put("malformed", "{\"user\":1,");
        bad.put("oversized", "{\"k\":1,\"user\":\"" + "u".repeat(1 << 20) + "\"}");
        return bad;
    }

    private static List<String> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
        return letters.stream()
                .map(letter -> new String(
                        letter.headers().lastHeader("millrace-reason").value(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    private static List<String> items(JsonNode answer) throws IOException {
        List<String> items = new ArrayList<>();
        answer.get("items").forEach(item -> items.add(item.get("item").asText()));
        return items;
    }
}
