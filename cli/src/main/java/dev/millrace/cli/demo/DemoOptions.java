package dev.millrace.cli.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a demo runs.
 *
 * @param events number of events after which it ends
 * @param speed simulated time per second of wall time, at most
 * @param report file of the report
 */
public record DemoOptions(long events, Duration speed, Path report) {}
