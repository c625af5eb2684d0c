package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MillraceTest {

    private static final String PIPELINE =
            """
            name: example
            events:
              topic: events
              format: json
              fields: {x: number, y: number}
            label: {field: y}
            features: [{field: x}]
            model:
              task: binary
              layers: [{dense: 4, activation: relu}]
            training: {batch: 8}
            """;

    private static final String WITH_TABLE = PIPELINE.replace(
            "features: [{field: x}]",
            """
            tables: {items: {file: items.csv, key: id, of: x, fields: {year: number}}}
            features: [{field: x}, {field: items.year}]""");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"card-report", "demo", "demo fraud", "evaluate", "replay", "run", "validate"})
    void everyCommandExplainsItselfWithExamples(String command) {
        CommandRun run = CommandRun.of((command + " --help").split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: millrace " + command, "Examples:", "./millrace " + command);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpListsTheCommandsAndExitCodes() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("demo", "evaluate", "replay", "run", "validate", "Exit codes: 0 done, 1", "2 wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evalute",
                "demo",
                "demo cards",
                "evaluate p.yaml",
                "evaluate p.yaml --events e.csv --parallelism 0",
                "evaluate p.yaml --events e.csv --limit none",
                "evaluate p.yaml --events e.csv --order arrival",
                "evaluate p.yaml --events e.csv --from yesterday",
                "card-report p.yaml --events e.csv --predictions s.csv --card c --weeks 2018-06",
                "card-report p.yaml --events e.csv --predictions s.csv --card c --weeks 2018-06-06..2018-06-05",
                "card-report p.yaml --events e.csv --predictions s.csv --card c --weeks 2018-06-06 --k 0",
                "card-report p.yaml --events e.csv --predictions s.csv --weeks 2018-06-06",
                "demo fraud --events 0",
                "demo fraud --speed 1week",
                "replay e.csv --topic t",
                "run p.yaml --order random",
                "validate",
                "validate p.yaml --rate 0",
            })
    void wrongUsageEndsWithTwoAndPointsToHelp(String arguments) {
        CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("millrace: ").contains("--help");
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheRightOne() {
        assertThat(CommandRun.of("evalute").err()).contains("evaluate");
    }

    @Test
    void aMissingPipelineFileEndsWithOneAndOneSentence() {
        CommandRun run = CommandRun.of("validate", "missing.yaml");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToNormalizingNewlines(
                        "millrace: cannot read missing.yaml: there is no such file; give a pipeline file\n");
    }

    @Test
    void debugPrintsTheStackTrace() {
        assertThat(CommandRun.of("validate", "missing.yaml", "--debug").err()).contains("\tat dev.millrace.cli");
    }

    @Test
    void aValidPipelineIsSummedUp() throws IOException {
        CommandRun run = CommandRun.of("validate", pipeline(PIPELINE).toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("OK        example")
                .contains("topic events, 2 fields", "field y, known at once", "1: x", "13 parameters, 1 shard");
    }

    @Test
    void aRankingIsSummedUp() throws IOException {
        String ranking =
                """
                name: films
                events: {topic: ratings, fields: {user: id, film: id, stars: number}, where: stars >= 4}
                ranking: {user: user, item: film, requests: {topic: asked}}
                model: {task: ranking, layers: [{dense: 2}]}
                """;
        CommandRun run = CommandRun.of("validate", pipeline(ranking).toString(), "--rate", "100");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "labels    none: every event is an interaction",
                        "ranking   items by film for users by user; requests from topic asked",
                        "inputs    5: last-pairs, history-pairs, count, age, history-length",
                        "model     ranking, 15 parameters, 1 shard",
                        "training  each event beside 30 other items",
                        "recommendations to films-recommendations",
                        "state     grows with the pairs of items that are taken together, not with events");
    }

    @Test
    void entitiesAreSummedUp() throws IOException {
        String entities = PIPELINE.replace(
                "features: [", "features: [{per: x, windows: [1d, 7d], of: [count, mean(x)], delay: 1d}, ");
        Path file = pipeline(entities);
        assertThat(CommandRun.of("validate", file.toString()).out())
                .contains("entity    x adds 4 numbers, looks back 192h, keeps 33 bytes per event"
                        + System.lineSeparator());
        assertThat(CommandRun.of("validate", file.toString(), "--rate", "1000").out())
                .contains("keeps 33 bytes per event: about 22.8 GB");
    }

    @Test
    void theExpectedSizeOfStateIsRateTimesKeepTimesBytes() throws IOException {
        String late = PIPELINE.replace("label: {field: y}", "label: {field: y, delay: 7d, keep: 10d}");
        assertThat(CommandRun.of("validate", pipeline(late).toString(), "--rate", "1000")
                        .out())
                .contains("about 426.8 GB: 1,000 events/s × 240h × 494 bytes");
        assertThat(CommandRun.of("validate", pipeline(PIPELINE).toString(), "--rate", "1000")
                        .out())
                .contains("none that grows");
    }

    @Test
    void whatIsSelectedWeighedAndBoundedIsSummedUp() throws IOException {
        Path file = pipeline(PIPELINE.replace("format: json", "where: x > 0 and y is present")
                .replace("label: {field: y}", "label: {field: y, range: [1, 5]}")
                .replace("task: binary", "task: regression")
                .replace("batch: 8", "batch: 8, weight: x"));
        assertThat(CommandRun.of("validate", file.toString()).out())
                .contains(
                        "topic events, 2 fields; only where x > 0 and y is present",
                        "field y, known at once; from 1.0 to 5.0, scores too",
                        "mini-batches of 8 rows, each weighed by x");
    }

    @Test
    void tablesAreReadAndSummedUp() throws IOException {
        Path file = pipeline(WITH_TABLE);
        Files.writeString(directory.resolve("items.csv"), "id,year\n7,1995\n8,\n");
        assertThat(CommandRun.of("validate", file.toString()).out())
                .contains("table     items adds 1 field of the row that x names, 2 rows", "2: x, items.year");

        Path other = Files.writeString(directory.resolve("other.csv"), "id,year\n7,1995\n");
        assertThat(CommandRun.of("validate", file.toString(), "--table", "items=" + other)
                        .out())
                .contains("x names, 1 row" + System.lineSeparator());
    }

    @Test
    void aWrongTableEndsWithOneAndSaysWhereAndWhy() throws IOException {
        Path file = pipeline(WITH_TABLE);
        CommandRun missing = CommandRun.of("validate", file.toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .startsWith("millrace: tables.items.file must name a file that exists, got "
                        + directory.resolve("items.csv"))
                .doesNotContain("Exception");

        Files.writeString(directory.resolve("items.csv"), "id,year\n7,long ago\n");
        Path events = Files.writeString(directory.resolve("events.csv"), "x,y\n1,0\n");
        CommandRun wrong = CommandRun.of("evaluate", file.toString(), "--events", events.toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("line 2 is not: field 'items.year' must be a number, got 'long ago'");

        CommandRun unknown = CommandRun.of("validate", file.toString(), "--table", "item=x.csv");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err())
                .contains("--table item=x.csv names no table of pipeline 'example'; write one of items");
        assertThat(CommandRun.of("validate", pipeline(PIPELINE).toString(), "--table", "items=x.csv")
                        .err())
                .contains("it has none: leave the option out, or add tables to the pipeline file");
    }

    @Test
    void allProblemsOfAPipelineAreReportedAtOnce() throws IOException {
        Path file = pipeline(PIPELINE.replace("batch: 8", "batch: 0").replace("task: binary", "task: binar"));
        CommandRun run = CommandRun.of("validate", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("millrace: ").contains("training.batch", "model.task");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void labelsMustBeGivenWhereTheyHaveATopicAndOnlyThere() throws IOException {
        Path events = Files.writeString(directory.resolve("events.csv"), "x,y\n1,0\n");
        CommandRun run = CommandRun.of(
                "evaluate", pipeline(PIPELINE).toString(), "--events", events.toString(), "--labels", "labels.csv");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the labels of pipeline 'example' come inside its events; leave out --labels");
    }

    @Test
    void aRunNeedsAClusterOrIsEmbedded() throws IOException {
        CommandRun run = CommandRun.of("run", pipeline(PIPELINE).toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("execution.target is not set", "FLINK_CONF_DIR", "--embedded");
    }

    private Path pipeline(String text) throws IOException {
        return Files.writeString(directory.resolve("pipeline.yaml"), text);
    }
}
