package dev.millrace.cli;

import dev.millrace.cli.terminal.Terminal;
import dev.millrace.jobs.SideTables;
import dev.millrace.pipeline.Pipeline;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks a pipeline file and tells what it would run. */
@Command(
        name = "validate",
        description = "Checks a pipeline file: reports all its problems at once, or what it would run.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./millrace validate pipelines/fraud.yaml",
            "  ./millrace validate pipelines/fraud.yaml --rate 2000"
        })
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    PipelineOption pipeline = new PipelineOption();

    @Mixin
    TableOption tables = new TableOption();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events per second to expect: prints the size that state will grow to.")
    @Nullable
    Double rate;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    private final Terminal terminal;

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (rate != null && !(rate > 0)) {
            throw new ParameterException(spec.commandLine(), "--rate must be above 0, got " + rate);
        }
        Pipeline read = tables.of(pipeline.read());
        terminal.out().print(new PipelineSummary(read, SideTables.read(read)).text(rate));
        return 0;
    }
}
