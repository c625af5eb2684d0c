package dev.millrace.cli;

import dev.millrace.cli.terminal.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code millrace}. */
@Command(
        name = "millrace",
        description = "Trains neural networks continuously on Kafka streams, and scores events while it learns.",
        mixinStandardHelpOptions = true,
        version = "millrace 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CardReportCommand.class,
            DemoCommand.class,
            EvaluateCommand.class,
            ReplayCommand.class,
            RunCommand.class,
            ValidateCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  ./millrace demo fraud",
            "  ./millrace evaluate pipelines/elec2.yaml --events elec2.csv.gz",
            "  ./millrace validate pipeline.yaml --rate 2000",
            "",
            "Exit codes: 0 done, 1 the pipeline or the data is wrong, 2 wrong usage."
        })
public final class Millrace implements Runnable {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    boolean debug;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    private final Terminal terminal;

    Millrace(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofProcess()).execute(arguments));
    }

    /** The whole command, speaking to this terminal. */
    static CommandLine commandLine(Terminal terminal) {
        Millrace millrace = new Millrace(terminal);
        return new CommandLine(millrace, new CommandFactory(terminal))
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((e, arguments) -> misused(e))
                .setExecutionExceptionHandler(
                        (e, command, result) -> new ErrorReport(terminal.err(), millrace.debug).print(e));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int misused(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("millrace: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("Try './" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }
}
