package dev.millrace.jobs;

import dev.millrace.jobs.JobRig.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A small seeded stream of payments whose larger amounts are more often fraud, with labels one hour late. */
final class Payments {

    static final Duration DELAY = Duration.ofHours(1);
    static final Duration MAX_OUT_OF_ORDERNESS = Duration.ofMinutes(10);

    private static final String HEAD =
            """
            name: NAME
            kafka: {bootstrap-servers: "BROKER"}
            events:
              topic: NAME-events
              format: json
              fields: {id: id, card: id, shop: id, amount: number, time: {timestamp: iso}, fraud: number}
              id: id
              time: time
              max-out-of-orderness: 10m
            """;
    private static final String TAIL =
            """
            features:
              - {field: amount, transform: [log1p]}
              - {field: time, cyclic: [hour-of-day]}
              - {per: card, windows: [3h, 1d], of: [count, mean(amount), log-ratio(amount), rate(label)]}
              - {per: shop, windows: [1d], of: [since-last, positives(label)], delay: 2h}
            model:
              task: binary
              layers: [{dense: 8, activation: relu}]
              optimizer: {adam: {learning-rate: 0.05}}
              loss: {cross-entropy: {positive-weight: 2}}
              seed: 42
              engine: ENGINE
            training: {shards: SHARDS, shard-by: card, batch: 8}
            output: {alerts: {per-day: 5, above: 0.8, reasons: 2}}
            """;

    private final List<Payment> payments = new ArrayList<>();

    record Payment(long id, long time, int card, int shop, double amount, int fraud) {

        private String fields() {
            return "\"id\":%d,\"card\":%d,\"shop\":%d,\"amount\":%s,\"time\":\"%s\""
                    .formatted(id, card, shop, amount, Instant.ofEpochMilli(time));
        }

        Message event() {
            return Message.of(time, "{" + fields() + "}");
        }

        Message eventWithLabel() {
            return Message.of(time, "{" + fields() + ",\"fraud\":" + fraud + "}");
        }

        Message label() {
            Instant known = Instant.ofEpochMilli(time).plus(DELAY);
            return Message.of(
                    known.toEpochMilli(), "{\"id\":%d,\"fraud\":%d,\"known\":\"%s\"}".formatted(id, fraud, known));
        }
    }

    Payments(int count) {
        Random random = new Random(17);
        long time = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        for (int id = 0; id < count; id++) {
            // Some share their millisecond: ties are part of the order.
            time += random.nextInt(4) == 0 ? 0 : random.nextInt(120_000);
            double amount = Math.round(Math.exp(3 + random.nextGaussian()) * 100) / 100.0;
            int fraud = random.nextDouble() < (amount > 40 ? 0.5 : 0.05) ? 1 : 0;
            payments.add(new Payment(id, time, random.nextInt(20), id % 7, amount, fraud));
        }
    }

    static String delayedLabels(int shards) {
        return pipeline("label: {field: fraud, delay: 1h}\n", shards);
    }

    static String labelTopic(int shards) {
        return pipeline(
                """
                label:
                  topic: NAME-labels
                  fields: {id: id, fraud: number, known: {timestamp: iso}}
                  id: id
                  time: known
                  value: fraud
                  wait: 1h
                """,
                shards);
    }

    static String labelsInside(int shards) {
        return pipeline("label: {field: fraud}\n", shards);
    }

    static String pipeline(String label, int shards) {
        return HEAD + label + TAIL.replace("SHARDS", Integer.toString(shards)).replace("ENGINE", "auto");
    }

    /** The same pipeline on the engine that goes through native code. */
    static String onDl4j(String pipeline) {
        return pipeline.replace("engine: auto", "engine: dl4j");
    }

    List<Message> events() {
        return payments.stream().map(Payment::event).toList();
    }

    List<Message> eventsWithLabels() {
        return payments.stream().map(Payment::eventWithLabel).toList();
    }

    List<Message> labels() {
        return payments.stream().map(Payment::label).toList();
    }

    List<Payment> all() {
        return List.copyOf(payments);
    }

    int count() {
        return payments.size();
    }

    long horizon() {
        return payments.get(payments.size() - 1).time();
    }

    /** Out of order, but none later than the pipeline allows. */
    static List<Message> shuffled(List<Message> messages, long seed) {
        Random random = new Random(seed);
        record Delayed(long arrival, Message message) {}
        List<Delayed> delayed = new ArrayList<>();
        for (Message message : messages) {
            delayed.add(
                    new Delayed(message.timestamp() + random.nextInt((int) MAX_OUT_OF_ORDERNESS.toMillis()), message));
        }
        Collections.shuffle(delayed, random);
        delayed.sort(Comparator.comparingLong(Delayed::arrival));
        return delayed.stream().map(Delayed::message).toList();
    }
}
