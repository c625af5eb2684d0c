package dev.millrace.cli;

import dev.millrace.cli.demo.FraudDemo;
import dev.millrace.cli.simulator.FraudWorld;
import dev.millrace.cli.simulator.FraudWorld.ReportedLabels;
import dev.millrace.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    DemoRunOptions options = new DemoRunOptions();

    @Option(
            names = "--labels",
            paramLabel = "WHICH",
            defaultValue = "all",
            description =
                    "all: every payment is confirmed some day; frauds: only frauds are reported, silence counts as "
                            + "genuine after a week. Default: ${DEFAULT-VALUE}.")
    ReportedLabels labels = ReportedLabels.ALL;

    private final Terminal terminal;

    FraudDemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        FraudWorld world = FraudWorld.withSeed(options.seed).withLabels(labels);
        FraudDemo.of(world, options.read(), terminal).run();
        return 0;
    }
}
