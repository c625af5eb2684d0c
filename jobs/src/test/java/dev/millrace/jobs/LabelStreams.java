package dev.millrace.jobs;

import dev.millrace.jobs.JobRig.Message;
import dev.millrace.jobs.Payments.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The labels of {@link Payments} as a fraud team has them. Investigators look at large payments within hours and are
 * sometimes wrong; the card's owner reports every fraud days later; some of these chargebacks are reversed.
 */
final class LabelStreams {

    static final Duration WAIT = Duration.ofHours(6);
    private static final Duration CHARGEBACK = Duration.ofDays(3);
    private static final double LARGE = 40;

    private final List<Message> feedback;
    private final List<Message> chargebacks;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long chargedAfterHorizon;

    private record Label(long time, Message message) {}

    LabelStreams(Payments payments) {
        Random random = new Random(23);
        List<Label> found = new ArrayList<>();
        List<Label> charged = new ArrayList<>();
        for (Payment payment : payments.all()) {
            boolean fraud = payment.fraud() == 1;
            boolean investigated = payment.amount() > LARGE;
            boolean finding = random.nextInt(10) == 0 ? !fraud : fraud;
            if (investigated) {
                found.add(label(payment, Duration.ofMinutes(1 + random.nextInt(300)), finding));
                count("real");
            } else if (payment.time() + WAIT.toMillis() <= payments.horizon()) {
                count("assumed");
            }
            if (!fraud) {
                continue;
            }
            Duration late = CHARGEBACK.plusSeconds(random.nextInt(100_000));
            charged.add(label(payment, late, true));
            chargedAfterHorizon += investigated || payment.time() + WAIT.toMillis() <= payments.horizon() ? 0 : 1;
            count(investigated && finding ? "duplicate" : "revised");
            if (random.nextInt(5) == 0) {
                charged.add(label(payment, late.plusDays(2), false));
                count("revised");
            }
        }
        feedback = sorted(found);
        chargebacks = sorted(charged);
    }

    /** With a stream of feedback and one of chargebacks. */
    static String pipeline(int shards) {
        return Payments.pipeline(
                """
                label:
                  streams:
                    feedback:
                      topic: NAME-feedback
                      fields: {id: id, fraud: number, known: {timestamp: iso}}
                      id: id
                      time: known
                      value: fraud
                    chargebacks:
                      topic: NAME-chargebacks
                      fields: {id: id, fraud: number, known: {timestamp: iso}}
                      id: id
                      time: known
                      value: fraud
                  wait: 6h
                  keep: 10d
                  missing: negative
                """,
                shards);
    }

    /** With all labels on one topic. */
    static String oneTopic(int shards) {
        return Payments.pipeline(
                """
                label:
                  topic: NAME-labels
                  fields: {id: id, fraud: number, known: {timestamp: iso}}
                  id: id
                  time: known
                  value: fraud
                  wait: 6h
                  keep: 10d
                  missing: negative
                """,
                shards);
    }

    List<Message> feedback() {
        return feedback;
    }

    List<Message> chargebacks() {
        return chargebacks;
    }

    List<Message> merged() {
        List<Message> all = new ArrayList<>(feedback);
        all.addAll(chargebacks);
        all.sort(Comparator.comparingLong(Message::timestamp));
        return all;
    }

    /** How often each outcome must come about; the others never. */
    Map<String, Long> outcomes() {
        return outcomes;
    }

    /** Payments that nothing was known or assumed of before their chargeback. */
    long chargedAfterHorizon() {
        return chargedAfterHorizon;
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    private static Label label(Payment payment, Duration late, boolean fraud) {
        long time = payment.time() + late.toMillis();
        return new Label(
                time,
                Message.of(
                        time,
                        "{\"id\":%d,\"fraud\":%d,\"known\":\"%s\"}"
                                .formatted(payment.id(), fraud ? 1 : 0, Instant.ofEpochMilli(time))));
    }

    private static List<Message> sorted(List<Label> labels) {
        return labels.stream()
                .sorted(Comparator.comparingLong(Label::time))
                .map(Label::message)
                .toList();
    }
}
