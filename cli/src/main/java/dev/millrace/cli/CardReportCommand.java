package dev.millrace.cli;

import dev.millrace.cli.cards.CardTable;
import dev.millrace.cli.cards.ScoredCards;
import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.evaluation.cards.CardReport;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures recorded scores as investigators of card fraud would. */
@Command(
        name = "card-report",
        description = {
            "Measures the predictions of an evaluation week by week, as investigators of card fraud would, by the protocol "
                    + "of the Fraud detection handbook.",
            "",
            "Cards that are known as compromised are left out: those with a fraud in the seven days before the labels of the "
                    + "week end, and from each day on those whose fraud has become known by then. ROC AUC and average "
                    + "precision are exact. Card precision@k is the mean over the days: each day cards are ranked by "
                    + "their highest score; the share of the first k that had a fraud that day; a card that was found is no "
                    + "card of later days of the week. Days are those of UTC."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./millrace evaluate pipelines/fraud-handbook.yaml --events 2018-*.csv.gz --predictions scores.csv",
            "  ./millrace card-report pipelines/fraud-handbook.yaml --predictions scores.csv --events 2018-*.csv.gz \\",
            "      --card CUSTOMER_ID --weeks 2018-06-06..2018-08-01 2018-08-08"
        })
final class CardReportCommand implements Callable<Integer> {

    private static final Duration DAY = Duration.ofDays(1);

    @Mixin
    PipelineOption pipeline = new PipelineOption();

    @Option(
            names = "--predictions",
            required = true,
            paramLabel = "SCORES.csv",
            description = "What evaluate --predictions has written.")
    Path predictions = Path.of("");

    @Option(
            names = "--events",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "The CSV files of events that were evaluated, in the same order.")
    List<Path> events = List.of();

    @Option(names = "--card", required = true, paramLabel = "COLUMN", description = "Column that names the card.")
    String card = "";

    @Option(
            names = "--weeks",
            required = true,
            arity = "1..*",
            paramLabel = "FIRST[..LAST]",
            converter = WeeksOption.class,
            description =
                    "First day of a week, or of the first and the last of several, of which the mean is told too.")
    List<WeeksOption.Weeks> weeks = List.of();

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "100",
            description = "Cards that can be looked at each day. Default: ${DEFAULT-VALUE}.")
    int budget;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description =
                    "From an event to its label, whole days. Default: the pipeline's label.delay, else its label.wait.")
    @Nullable
    Duration delay;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the table to this file as JSON.")
    @Nullable
    Path json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    private final Terminal terminal;

    CardReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (budget < 1) {
            throw new ParameterException(spec.commandLine(), "--k must be at least 1, got " + budget);
        }
        Pipeline read = pipeline.read();
        CardReport report = new CardReport(delayDays(read), budget);
        ScoredCards scored = new ScoredCards(events, read.events().layout().idField(), card);
        scored.read(predictions, report::add);
        CardTable table = new CardTable(
                budget,
                weeks.stream()
                        .map(stretch ->
                                stretch.firstDays().stream().map(report::week).toList())
                        .toList());
        terminal.out().print(table.toText());
        if (scored.unlabelled() > 0) {
            terminal.out().println(scored.unlabelled() + " events without a label were left out");
        }
        if (json != null) {
            write(json, table);
        }
        return 0;
    }

    private int delayDays(Pipeline read) {
        Duration written = delay != null ? delay : delayOf(read.label());
        if (!written.equals(DAY.multipliedBy(written.toDays()))) {
            throw new WrongInputException("labels of pipeline '" + read.name() + "' come " + written.toHours()
                    + "h after their events, which is no whole number of days; give one with --delay, e.g. 7d");
        }
        return (int) written.toDays();
    }

    private static Duration delayOf(LabelSource labels) {
        if (labels instanceof LabelSource.Delayed delayed) {
            return delayed.delay();
        }
        return labels instanceof LabelSource.Late late ? late.waitTime() : Duration.ZERO;
    }

    private static void write(Path file, CardTable table) {
        try {
            Files.writeString(file, table.toJson());
        } catch (IOException e) {
            throw new WrongInputException(
                    "cannot write " + file + ": " + e.getMessage() + "; name a file in a directory that exists", e);
        }
    }
}
