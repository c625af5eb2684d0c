package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.jobs.JobRig.Message;
import dev.millrace.jobs.JobRig.Outcome;
import dev.millrace.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Records that cannot be used become dead letters; everything else goes on as if they had never been there. */
class MalformedRecordsITCase {

    private static final String TIME = "\"time\":\"2026-01-01T00:00:00Z\"";

    @Test
    void eachBecomesOneDeadLetterAndNothingElseChanges() throws Exception {
        Payments payments = new Payments(300);
        Map<String, byte[]> malformed = malformed();
        try (JobRig rig = new JobRig()) {
            Outcome clean = run(rig, payments.eventsWithLabels(), payments.horizon());

            List<Message> mixed = new ArrayList<>(payments.eventsWithLabels());
            int place = 0;
            for (byte[] value : malformed.values()) {
                // Old, so that a far future is one by the clock of the record's own writer.
                mixed.add(place += 20, new Message(mixed.get(0).timestamp(), value));
            }
            Outcome outcome = run(rig, mixed, payments.horizon());

            assertThat(outcome.fingerprint()).isEqualTo(clean.fingerprint());
            assertThat(outcome.deadLetters()).hasSize(malformed.size());
            List<String> reasons = new ArrayList<>();
            place = 0;
            int index = 0;
            for (Map.Entry<String, byte[]> entry : malformed.entrySet()) {
                ConsumerRecord<byte[], byte[]> letter = outcome.deadLetters().get(index++);
                reasons.add(header(letter, "millrace-reason"));
                assertThat(header(letter, "millrace-offset")).as(entry.getKey()).isEqualTo("" + (place += 20));
                assertThat(header(letter, "millrace-partition"))
                        .as(entry.getKey())
                        .isEqualTo("0");
                byte[] value = entry.getValue();
                assertThat(value).as(entry.getKey()).startsWith(letter.value());
                assertThat(header(letter, "millrace-original-bytes"))
                        .as(entry.getKey())
                        .isEqualTo("" + value.length);
            }
            assertThat(reasons)
                    .containsExactly(
                            "malformed",
                            "wrong-type",
                            "missing-id",
                            "not-finite",
                            "number-as-text",
                            "beyond-float-range",
                            "time-too-far-ahead",
                            "oversized",
                            "too-deep",
                            "malformed");
        }
    }

    private static Outcome run(JobRig rig, List<Message> events, long horizon) throws Exception {
        Pipeline pipeline = rig.pipeline(Payments.delayedLabels(1));
        rig.createTopics(pipeline, 1);
        rig.write(pipeline.events().topic(), 1, events);
        Configuration noRestart = new Configuration();
        noRestart.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return rig.run(pipeline, JobOptions.bounded(horizon), 1, noRestart);
    }

    private static Map<String, byte[]> malformed() {
        byte[] noise = new byte[200];
        new Random(1).nextBytes(noise);
        Map<String, byte[]> records = new LinkedHashMap<>();
        records.put("cut JSON", json("{\"id\":900001,\"card\":1,\"amo"));
        records.put("wrong type", json("{\"id\":900002,\"card\":1,\"amount\":[1]," + TIME + "}"));
        records.put("missing id", json("{\"card\":1,\"amount\":1," + TIME + "}"));
        records.put("NaN", json("{\"id\":900004,\"card\":1,\"amount\":NaN," + TIME + "}"));
        records.put("number as text", json("{\"id\":900005,\"card\":1,\"amount\":\"1\"," + TIME + "}"));
        records.put("beyond float range", json("{\"id\":900006,\"card\":1,\"amount\":1e39," + TIME + "}"));
        records.put("far future", json("{\"id\":900007,\"card\":1,\"amount\":1,\"time\":\"2126-01-01T00:00:00Z\"}"));
        records.put("oversized", json("{\"id\":900008,\"note\":\"" + "x".repeat(2_000_000) + "\"}"));
        records.put("too deep", json("{\"id\":900009,\"note\":" + "[".repeat(500) + "]".repeat(500) + "}"));
        records.put("binary noise", noise);
        return records;
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
