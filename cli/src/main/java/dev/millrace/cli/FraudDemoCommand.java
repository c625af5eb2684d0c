package dev.millrace.cli;

import dev.millrace.cli.demo.DemoOptions;
import dev.millrace.cli.demo.FraudDemo;
import dev.millrace.cli.simulator.FraudWorld;
import dev.millrace.cli.simulator.FraudWorld.ReportedLabels;
import dev.millrace.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Card fraud, simulated and learned live. */
@Command(
        name = "fraud",
        description = {
            "Simulates a card network and learns to find its frauds while it runs: payments are scored as they happen, "
                    + "labels come hours to weeks later. Simulated time runs faster than the clock on the wall.",
            "",
            "Ends after --events, or on Ctrl-C; then writes the learning curves as an HTML page."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./millrace demo fraud",
            "  ./millrace demo fraud --events 100000 --speed 1d --report fraud.html"
        })
final class FraudDemoCommand implements Callable<Integer> {

    @Option(names = "--events", paramLabel = "N", description = "End after N payments. Default: on Ctrl-C.")
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
            names = "--labels",
            paramLabel = "WHICH",
            defaultValue = "all",
            description =
                    "all: every payment is confirmed some day; frauds: only frauds are reported, silence counts as "
                            + "genuine after a week. Default: ${DEFAULT-VALUE}.")
    ReportedLabels labels = ReportedLabels.ALL;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "The same seed simulates the same payments. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "millrace-report.html",
            description = "Where to write the report. Default: ${DEFAULT-VALUE}.")
    Path report = Path.of("millrace-report.html");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    private final Terminal terminal;

    FraudDemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (events != null && events < 1) {
            throw new ParameterException(spec.commandLine(), "--events must be at least 1, got " + events);
        }
        long limit = events == null ? Long.MAX_VALUE : events;
        FraudDemo.of(FraudWorld.withSeed(seed).withLabels(labels), new DemoOptions(limit, speed, report), terminal)
                .run();
        return 0;
    }
}
