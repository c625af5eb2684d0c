package dev.millrace.cli.demo;

import dev.millrace.cli.report.LearningReport.Tile;
import dev.millrace.evaluation.MetricRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the demo knows at one moment.
 *
 * @param wallSeconds since the first event
 * @param simulated simulated time
 * @param events written
 * @param scored events that were scored
 * @param others records written that are no events: labels or requests
 * @param eventsPerSecond scored lately
 * @param hits what the results beside the scores came to
 * @param total quality so far; empty before the first labels were measured
 * @param windows quality over sliding windows, in the order of time
 */
record DemoState(
        double wallSeconds,
        Instant simulated,
        long events,
        long scored,
        long others,
        double eventsPerSecond,
        Hits hits,
        Optional<MetricRow> total,
        List<MetricRow> windows) {

    /** Simulated, since the first slice began. */
    long days(List<MetricRow> slices) {
        return slices.isEmpty()
                ? 0
                : Duration.ofMillis(simulated.toEpochMilli() - slices.get(0).sliceStart())
                        .toDays();
    }

    Tile speed(String name) {
        return new Tile(
                name,
                count(Math.round(wallSeconds > 0 ? scored / wallSeconds : 0)),
                String.format(Locale.ROOT, "over %.0f seconds", wallSeconds));
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Where each event gets one label. */
    long pendingLabels() {
        return Math.max(0, events - others);
    }
}
