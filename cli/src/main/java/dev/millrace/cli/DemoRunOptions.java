package dev.millrace.cli;

import dev.millrace.cli.demo.DemoOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that every demo has. */
final class DemoRunOptions {

    @Option(names = "--events", paramLabel = "N", description = "End after N events. Default: on Ctrl-C.")
    @Nullable
    Long events;

    @Option(
            names = "--speed",
            paramLabel = "DURATION",
            defaultValue = "6h",
            converter = DurationOption.class,
            description = "Simulated time per second, at most; less where this machine scores slower. "
                    + "Default: ${DEFAULT-VALUE}.")
    Duration speed = Duration.ofHours(6);

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "The same seed simulates the same events. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "millrace-report.html",
            description = "Where to write the report. Default: ${DEFAULT-VALUE}.")
    Path report = Path.of("millrace-report.html");

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    /** @throws ParameterException if an option is out of its range */
    DemoOptions read() {
        if (events != null && events < 1) {
            throw new ParameterException(spec.commandLine(), "--events must be at least 1, got " + events);
        }
        return new DemoOptions(events == null ? Long.MAX_VALUE : events, speed, report);
    }
}
