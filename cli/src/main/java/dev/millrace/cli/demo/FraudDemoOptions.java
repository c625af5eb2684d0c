package dev.millrace.cli.demo;

import dev.millrace.cli.simulator.FraudWorld.ReportedLabels;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the demo runs.
 *
 * @param events number of payments after which it ends
 * @param speed simulated time per second of wall time, at most
 * @param report file of the report
 */
public record FraudDemoOptions(long events, Duration speed, long seed, ReportedLabels labels, Path report) {}
