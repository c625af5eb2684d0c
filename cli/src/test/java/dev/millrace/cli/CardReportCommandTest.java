package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardReportCommandTest {

    private static final String PIPELINE =
            """
            name: cards
            events:
              topic: cards
              fields: {payment: id, at: {timestamp: iso}, amount: number, fraud: number}
              id: payment
              time: at
            label: {field: fraud, delay: 7d}
            features: [{field: amount}]
            model:
              task: binary
              layers: []
            """;

    @TempDir
    Path directory;

    private Path pipeline = Path.of("");
    private Path events = Path.of("");
    private Path scores = Path.of("");

    /** Of the week from 11 June: b is known since the 4th, c and d are frauds, e is honest and f has no label. */
    @BeforeEach
    void writeFiles() throws IOException {
        pipeline = write("pipeline.yaml", PIPELINE);
        events = write(
                "events.csv",
                """
                payment,card,amount
                1,b,10
                2,b,20
                3,c,30
                4,e,40
                5,d,50
                6,"f",60
                7,e,70
                """);
        scores = write(
                "scores.csv",
                """
                id,event_time,score,label,model_version,shard
                1,2018-06-03T23:59:59Z,0.9,1,0,0
                2,2018-06-11T00:00:00Z,0.99,1,0,0
                3,2018-06-11T00:00:01Z,0.8,1,0,0
                4,2018-06-14T12:00:00Z,0.4,0,0,0
                5,2018-06-14T12:30:00.5Z,0.35,1,0,0
                6,2018-06-15T12:00:00Z,0.5,,0,0
                7,2018-06-17T23:59:59Z,0.1,0,0,0
                """);
    }

    @Test
    void measuresAWeekWithoutTheCardsThatAreKnown() {
        CommandRun run = report("--weeks", "2018-06-11", "--k", "1");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        // c .8 and d .35 against e .4 and .1: three of four pairs, precisions 1 and 2/3; on the 14th e stands before d.
        assertThat(run.out())
                .isEqualToNormalizingNewlines(
                        """
                        week from           events   frauds   ROC AUC   average precision     card precision@1
                        2018-06-11               4        2    0.7500              0.8333               0.1429
                        1 events without a label were left out
                        """);
    }

    @Test
    void tellsTheMeanOfWeeksAndWritesJson() throws IOException {
        Path json = directory.resolve("table.json");
        CommandRun run =
                report("--weeks", "2018-06-04..2018-06-11", "2018-06-11", "--k", "2", "--json", json.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "2018-06-04 0 0 - - 0.0000",
                        "2018-06-11 4 2 0.7500 0.8333 0.1429",
                        "mean of 2 weeks 0.7500 0.8333 0.0714");
        assertThat(Files.readString(json))
                .contains(
                        "\"first_day\" : \"2018-06-11\"", "\"roc_auc\" : 0.75", "\"weeks\" : 2", "\"roc_auc\" : null");
    }

    @Test
    void aShorterDelayMakesCardsKnownEarlier() {
        CommandRun run = report("--weeks", "2018-06-11", "--delay", "1d");

        // With labels a day late the week of training is 3 to 9 June.
        assertThat(run.out()).contains("2018-06-11               4        2");
        assertThat(report("--weeks", "2018-06-11", "--delay", "14d").out())
                .contains("2018-06-11               5        3");
    }

    @Test
    void countsRowsWhereEventsHaveNoId() throws IOException {
        write("pipeline.yaml", PIPELINE.replace("  id: payment\n", ""));
        write(
                "scores.csv",
                """
                id,event_time,score,label,model_version,shard
                0,2018-06-01T00:00:00Z,0.9,1,0,0
                1,2018-06-11T00:00:00Z,0.8,1,0,0
                2,2018-06-11T00:00:00Z,0.8,1,0,0
                """);

        // Rows 0 and 1 are of card b, which is known.
        assertThat(report("--weeks", "2018-06-11").out()).contains("2018-06-11               1        1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0.35,1 | 0.3 0.5,1 | column score of | must be one number, as of a binary task, got '0.3 0.5'
                    0.35,1 | NaN,1     | column score of | got 'NaN'
                    0.35,1 | 0.35,2    | column label of | must be 0 or 1, got '2'
                    5,2018-06-14T12:30:00.5Z | 5,14.6.2018 | column event_time of | got '14.6.2018'
                    5,2018 | 50,2018   | event 50 of     | is in none of the event files
                    event_time | time  | has no column 'event_time', only id, time | predictions that evaluate has written
                    """)
    void predictionsThatCannotBeReadAreRefused(String from, String to, String first, String second) throws IOException {
        write("scores.csv", Files.readString(scores).replace(from, to));

        CommandRun run = report("--weeks", "2018-06-11");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("millrace: ").contains(first, second);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anUnknownColumnOfTheCardIsNamed() throws IOException {
        write("events.csv", Files.readString(events).replace("card", "customer"));

        assertThat(report("--weeks", "2018-06-11").err())
                .contains(
                        "has no column 'card', only payment, customer, amount; name the column of the card with --card");
    }

    @Test
    void aDelayMustBeWholeDays() throws IOException {
        write("pipeline.yaml", PIPELINE.replace("7d", "36h"));

        assertThat(report("--weeks", "2018-06-11").err())
                .contains("labels of pipeline 'cards' come 36h after their events", "give one with --delay");
    }

    private CommandRun report(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "card-report",
                pipeline.toString(),
                "--predictions",
                scores.toString(),
                "--events",
                events.toString(),
                "--card",
                "card"));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
