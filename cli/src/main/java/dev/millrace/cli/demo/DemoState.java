package dev.millrace.cli.demo;

import dev.millrace.evaluation.MetricRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the demo knows at one moment.
 *
 * @param wallSeconds since the first event
 * @param simulated simulated time
 * @param events payments written
 * @param scored payments scored
 * @param labels labels written
 * @param eventsPerSecond scored lately
 * @param alerts of the days that are over
 * @param total quality so far; empty before the first labels were measured
 * @param windows quality over sliding windows, in the order of time
 */
record DemoState(
        double wallSeconds,
        Instant simulated,
        long events,
        long scored,
        long labels,
        double eventsPerSecond,
        AlertTally.Count alerts,
        Optional<MetricRow> total,
        List<MetricRow> windows) {

    long pendingLabels() {
        return Math.max(0, events - labels);
    }
}
