package dev.millrace.cli;

import dev.millrace.cli.demo.DemoOptions;
import dev.millrace.cli.demo.RecommendationDemo;
import dev.millrace.cli.simulator.ListeningWorld;
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

/** What listeners play next, simulated and learned live. */
@Command(
        name = "recommendation",
        description = {
            "Simulates listeners whose tastes drift and a catalogue that grows, and learns what each plays next while it "
                    + "runs: every play is ranked before it is learned, and who comes back is recommended ten tracks.",
            "",
            "Ends after --events, or on Ctrl-C; then writes the learning curves as an HTML page."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./millrace demo recommendation",
            "  ./millrace demo recommendation --events 50000 --speed 1d --report recommendation.html"
        })
final class RecommendationDemoCommand implements Callable<Integer> {

    @Option(names = "--events", paramLabel = "N", description = "End after N plays. Default: on Ctrl-C.")
    @Nullable
    Long events;

    @Option(
            names = "--speed",
            paramLabel = "DURATION",
            defaultValue = "6h",
            converter = DurationOption.class,
            description = "Simulated time per second, at most; less where this machine ranks slower. "
                    + "Default: ${DEFAULT-VALUE}.")
    Duration speed = Duration.ofHours(6);

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "The same seed simulates the same plays. Default: ${DEFAULT-VALUE}.")
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

    RecommendationDemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (events != null && events < 1) {
            throw new ParameterException(spec.commandLine(), "--events must be at least 1, got " + events);
        }
        long limit = events == null ? Long.MAX_VALUE : events;
        RecommendationDemo.of(ListeningWorld.withSeed(seed), new DemoOptions(limit, speed, report), terminal)
                .run();
        return 0;
    }
}
