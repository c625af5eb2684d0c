package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Alert;
import dev.millrace.events.EventId;
import dev.millrace.events.Prediction;
import dev.millrace.jobs.JobRig.Outcome;
import dev.millrace.pipeline.Pipeline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** Alerts on their topic against the predictions on theirs. */
class AlertsITCase {

    private static final Payments PAYMENTS = new Payments(1_500);
    private static final int PLACES = 4;
    private static final float ABOVE = 0.8f;
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    /** The event's id chooses the shard, so that each card's payments are spread over all of them. */
    @Test
    void theBestCardsOfEachDayAreThoseOfAllShardsTogether() throws Exception {
        try (JobRig rig = new JobRig()) {
            Pipeline pipeline = rig.pipeline(Payments.delayedLabels(4)
                    .replace("shard-by: card, ", "")
                    .replaceFirst(
                            "alerts: \\{.*}}",
                            "alerts: {per-day: 4, above: 0.8, by: card, zone: America/New_York, reasons: 1}}"));
            rig.createTopics(pipeline, 2);
            rig.write(pipeline.events().topic(), 2, PAYMENTS.eventsWithLabels());
            Outcome outcome = rig.run(pipeline, JobOptions.bounded(PAYMENTS.horizon()), 2, new Configuration());

            assertThat(outcome.predictions()).hasSize(PAYMENTS.count());
            assertThat(outcome.alerts().stream()
                            .filter(alert -> alert.kind() == Alert.Kind.DAILY)
                            .map(alert -> alert.day() + " " + alert.place() + " " + alert.reportingId() + " "
                                    + alert.id() + " " + alert.score()))
                    .hasSize(2 * PLACES)
                    .containsExactlyElementsOf(bestOfEachDay(outcome.predictions()));
            assertThat(outcome.alerts().stream()
                            .filter(alert -> alert.kind() == Alert.Kind.IMMEDIATE)
                            .map(Alert::id))
                    .isNotEmpty()
                    .containsExactlyElementsOf(firstAboveOfCardAndDay(outcome.predictions()));
            assertThat(outcome.alerts())
                    .allSatisfy(alert -> assertThat(alert.reasons()).hasSize(1));
            assertThat(outcome.alerts().stream()
                            .filter(alert -> alert.score() > 0.9f)
                            .map(alert -> alert.reasons().get(0)))
                    .anyMatch(reason -> reason.feature().equals("log1p(amount)") && reason.contribution() > 1);
        }
    }

    private static List<String> bestOfEachDay(List<Prediction> predictions) {
        Comparator<Prediction> order = Comparator.comparing(
                        (Prediction prediction) -> -prediction.scores()[0])
                .thenComparing(Prediction::time)
                .thenComparing(Prediction::id);
        TreeMap<LocalDate, Map<String, Prediction>> days = new TreeMap<>();
        predictions.stream().sorted(order).forEach(prediction -> days.computeIfAbsent(
                        day(prediction), day -> new TreeMap<>())
                .putIfAbsent(prediction.reportingId(), prediction));
        List<String> best = new ArrayList<>();
        days.forEach((day, cards) -> {
            List<Prediction> ranked =
                    cards.values().stream().sorted(order).limit(PLACES).toList();
            for (Prediction prediction : ranked) {
                best.add(day + " " + (ranked.indexOf(prediction) + 1) + " " + prediction.reportingId() + " "
                        + prediction.id() + " " + prediction.scores()[0]);
            }
        });
        return best;
    }

    private static List<EventId> firstAboveOfCardAndDay(List<Prediction> predictions) {
        Set<String> seen = new HashSet<>();
        return predictions.stream()
                .sorted(Comparator.comparing(Prediction::time).thenComparing(Prediction::id))
                .filter(prediction -> prediction.scores()[0] > ABOVE)
                .filter(prediction -> seen.add(day(prediction) + " " + prediction.reportingId()))
                .map(Prediction::id)
                .toList();
    }

    private static LocalDate day(Prediction prediction) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(prediction.time()), ZONE);
    }
}
