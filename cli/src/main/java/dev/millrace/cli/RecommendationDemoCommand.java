package dev.millrace.cli;

import dev.millrace.cli.demo.RecommendationDemo;
import dev.millrace.cli.simulator.ListeningWorld;
import dev.millrace.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    DemoRunOptions options = new DemoRunOptions();

    private final Terminal terminal;

    RecommendationDemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        RecommendationDemo.of(ListeningWorld.withSeed(options.seed), options.read(), terminal)
                .run();
        return 0;
    }
}
