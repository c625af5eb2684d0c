package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the file: a valid file with one change has the problems that follow from it, and no other. */
class ProblemsTest {

    static Stream<Change> changes() {
        return Stream.of(
                        ProblemTable.rows(),
                        EntityProblemTable.rows(),
                        BranchProblemTable.rows(),
                        GapProblemTable.rows(),
                        RatingProblemTable.rows(),
                        EmbeddingProblemTable.rows(),
                        RankingProblemTable.rows())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void oneMistakeIsSaidOnce(Change change) throws IOException {
        String valid = Resources.text(change.file());
        assertThat(valid).contains(change.written());
        assertThat(problems(valid.replace(change.written(), change.instead())))
                .extracting(Problem::message)
                .containsExactlyElementsOf(change.message().lines().toList());
    }

    @Test
    void allProblemsAreReportedAtOnceByLine() {
        List<Problem> problems = problems(
                """
                name: my pipeline
                events:
                  topic: transactions
                  fields: {amount: number, time: {timestamp: isso}, fraud: number}
                  max-out-of-orderness: 5 seconds
                label: {field: fraud, wait: 7d}
                features:
                  - {field: amout}
                  - {field: amount, cross: [amount]}
                model:
                  task: binary
                  layers: [{dense: 0}]
                training: {batch: 0, bach: 12}
                """);

        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "line 1: name must be 1 to 200 letters, digits, '.', '_' or '-', the first a letter or digit,"
                                + " got my pipeline; choose a short one, e.g. card-fraud",
                        "line 4: events.fields.time.timestamp must be one of iso, seconds, millis, micros, nanos or a"
                                + " pattern, got isso; write iso, seconds, millis, micros, nanos or {pattern:"
                                + " \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin}",
                        "line 5: events.max-out-of-orderness must be a duration: a whole number and a unit of ms, s, m,"
                                + " h or d, got 5 seconds; set it to how late an event may come, e.g. 5s",
                        "line 6: label.wait makes no sense for a label that is known with its event; remove it, or"
                                + " state the delay after which labels really come",
                        "line 8: features[0].field must be one of the declared fields, got amout; did you mean"
                                + " 'amount'?",
                        "line 9: features[1].cross makes sense with embedding only; add embedding: 16, or remove it",
                        "line 12: model.layers[0].dense must be at least 1, got 0; set it to the width of the layer,"
                                + " e.g. 64",
                        "line 13: training.batch must be at least 1, got 0; set it to the number of rows per update,"
                                + " e.g. 256",
                        "line 13: training.bach is not a known key; write one of shards, shard-by, max-delay, negatives, weight");
    }

    @Test
    void missingSectionsAreReportedOnce() {
        assertThat(problems("training: {shard-by: customer}"))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("name", "events", "label", "features", "model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: [a",
                "name: a\n b: c: d",
                "\tname: a",
                "a: *nowhere",
                "--- a\n--- b",
                "name: \"a",
                "a: \u0000"
            })
    void brokenYamlIsOneProblem(String yaml) {
        assertThat(problems(yaml)).singleElement().satisfies(problem -> assertThat(problem.message())
                .startsWith("the file must be one YAML document (")
                .endsWith("; look at indentation, quotes and brackets near this line"));
    }

    @Test
    void brokenYamlNamesTheLine() {
        assertThat(problems("name: a\nevents: {topic: b\nlabel: c\n"))
                .extracting(Problem::line)
                .containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# a comment\n"})
    void emptyFileIsOneProblem(String yaml) {
        assertThat(problems(yaml))
                .extracting(Problem::message)
                .containsExactly("the file must not be empty; begin with name, events, label, features and model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "[a, b]", "42"})
    void fileThatIsNoMappingIsOneProblem(String yaml) {
        assertThat(problems(yaml)).singleElement().extracting(Problem::rule).isEqualTo("must be a mapping");
    }

    @Test
    void bombsOfAliasesAndBracketsAreProblems() {
        assertThat(problems("name: " + "[".repeat(10_000))).hasSize(1);
        assertThat(problems("a: &a [*a, *a]\nname: *a")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5s, 5s", "60s, 1m", "0s, 0ms", "36h, 36h", "48h, 2d", "1500ms, 1500ms", "7d, 7d"})
    void durationsAreShownInTheirLargestUnit(String written, String shown) {
        assertThat(Durations.text(Durations.parse(written))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 s", "-5s", "5S", "1.5h", "1w", "99999999999999d", "40000d", "off"})
    void durationsAreWholeNumbersWithAUnit(String written) {
        assertThat(Durations.parse(written)).isNull();
    }

    private static List<Problem> problems(String yaml) {
        InvalidPipelineException invalid =
                catchThrowableOfType(InvalidPipelineException.class, () -> PipelineFile.parse(yaml));
        assertThat(invalid).as("the file is valid").isNotNull();
        return invalid.problems();
    }
}
