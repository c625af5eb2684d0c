package dev.millrace.cli;

import dev.millrace.cli.evaluate.Evaluation;
import dev.millrace.cli.evaluate.EvaluationRequest;
import dev.millrace.cli.evaluate.EvaluationResult;
import dev.millrace.cli.evaluate.LabelFiles;
import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.jobs.SideTables;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a pipeline on files. */
@Command(
        name = "evaluate",
        description = {
            "Measures a pipeline on files: loads them into an embedded broker, runs the pipeline in event-time order to "
                    + "their end, and prints how well each event was scored before its label was known.",
            "",
            "Figures depend on the records alone, not on the machine, the parallelism or the number of partitions."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Columns are matched to the pipeline's fields by the names in the header line.",
            "",
            "Examples:",
            "  ./millrace evaluate pipelines/elec2.yaml --events elec2.csv.gz",
            "  ./millrace evaluate fraud.yaml --events april.csv.gz may.csv.gz --labels labels.csv \\",
            "      --from 2018-04-11 --json result.json --predictions scores.csv --parallelism 2",
            "  ./millrace evaluate cards.yaml --events may.csv --labels feedback=cases.csv --labels chargebacks=cb.csv"
        })
final class EvaluateCommand implements Callable<Integer> {

    /** Where events have no time their rows are a millisecond apart: a slice of a thousand rows. */
    private static final Duration ROW_SLICE = Duration.ofMillis(1000);

    @Mixin
    PipelineOption pipeline = new PipelineOption();

    @Mixin
    TableOption tables = new TableOption();

    @Option(
            names = "--events",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "CSV files of the events, gzipped if named .gz, in this order.")
    List<Path> events = List.of();

    @Option(
            names = "--labels",
            arity = "1..*",
            paramLabel = "[STREAM=]FILE",
            description = "CSV files of the labels, where the pipeline has a label topic; with several label streams "
                    + "each with the name of its own.")
    List<String> labels = List.of();

    @Option(names = "--json", paramLabel = "OUT", description = "Write the result to this file as JSON.")
    @Nullable
    Path json;

    @Option(
            names = "--predictions",
            paramLabel = "OUT.csv",
            description = "Write every prediction to this file: id, event_time, score, label, model_version, shard.")
    @Nullable
    Path predictions;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "Subtasks of each operator. Default: ${DEFAULT-VALUE}.")
    int parallelism;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the input topics. Default: the parallelism.")
    @Nullable
    Integer partitions;

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N events only.")
    @Nullable
    Long limit;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "Report the quality of events from this time on: 2018-04-11, 2018-04-11T06:30:00Z, or a row "
                    + "number. Rounded up to the next slice.")
    @Nullable
    Instant from;

    @Option(
            names = "--slice",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "Length of the slices of event time that quality is folded over. Default: 1d; without event "
                    + "times 1000 rows.")
    @Nullable
    Duration slice;

    @Option(
            names = "--leave-one-out",
            description =
                    "Of a ranking: never learn the last item of a user; rank it when all else is learned, and measure "
                            + "nothing else.")
    boolean leaveOneOut;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    private final Terminal terminal;

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Evaluation evaluation = new Evaluation(request(), terminal, InstantSource.system());
        EvaluationResult result = evaluation.run();
        terminal.out().print(result.toText());
        if (json != null) {
            write(json, file -> Files.writeString(file, result.toJson()));
        }
        if (predictions != null) {
            write(predictions, evaluation::writePredictions);
        }
        return 0;
    }

    private EvaluationRequest request() {
        requirePositive("--parallelism", parallelism);
        requirePositive("--partitions", partitions == null ? 1 : partitions);
        requirePositive("--limit", limit == null ? 1 : limit);
        Pipeline read = measured(tables.of(pipeline.read()));
        // What is wrong with them is said before anything starts.
        var unused = SideTables.read(read);
        boolean timed = read.events().layout().timeField() != null;
        return new EvaluationRequest(
                read,
                events,
                LabelFiles.of(read, labels),
                parallelism,
                partitions == null ? parallelism : partitions,
                limit == null ? Long.MAX_VALUE : limit,
                from,
                slice != null ? slice : timed ? Duration.ofDays(1) : ROW_SLICE,
                predictions != null);
    }

    private Pipeline measured(Pipeline read) {
        if (!leaveOneOut) {
            return read;
        }
        Ranking ranking = read.ranking();
        if (ranking == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--leave-one-out needs a pipeline of task ranking, got "
                            + read.network().task() + "; leave it out");
        }
        return read.leavingOneOut(ranking);
    }

    private void requirePositive(String option, long value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1, got " + value);
        }
    }

    private interface FileWriter {
        void write(Path file) throws IOException;
    }

    private static void write(Path file, FileWriter writer) {
        try {
            writer.write(file);
        } catch (IOException e) {
            throw new WrongInputException(
                    "cannot write " + file + ": " + e.getMessage() + "; name a file in a directory that exists", e);
        }
    }
}
