package dev.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Demos with everything embedded. */
@Command(
        name = "demo",
        description = "Shows a pipeline at work, with everything embedded: broker, Flink, simulator.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "DEMO",
        subcommands = {FraudDemoCommand.class, RecommendationDemoCommand.class},
        footer = {"", "Examples:", "  ./millrace demo fraud", "  ./millrace demo recommendation"})
final class DemoCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing name of a demo; there are: fraud, recommendation");
    }
}
