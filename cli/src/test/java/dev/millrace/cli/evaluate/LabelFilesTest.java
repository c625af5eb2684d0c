package dev.millrace.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.PipelineFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelFilesTest {

    private static final Pipeline INSIDE = pipeline("{field: fraud}");
    private static final Pipeline ONE = pipeline("{topic: a, fields: {id: id, y: number}, id: id, value: y, wait: 1d}");
    private static final Pipeline TWO = pipeline("{streams: {feedback: {topic: a, fields: {id: id, y: number}, id: id,"
            + " value: y}, chargebacks: {topic: b, fields: {id: id, y: number}, id: id, value: y}}, wait: 1d}");

    private static Pipeline pipeline(String label) {
        return PipelineFile.parse(
                """
                name: cards
                events: {topic: payments, fields: {id: id, amount: number, fraud: number}, id: id}
                label: LABEL
                features: [{field: amount}]
                model: {task: binary, layers: []}
                """
                        .replace("LABEL", label));
    }

    @Test
    void filesOfTheOnlyStreamNeedNoName() {
        assertThat(LabelFiles.of(ONE, List.of("may.csv", "a=b.csv")))
                .isEqualTo(Map.of("", List.of(Path.of("may.csv"), Path.of("a=b.csv"))));
    }

    @Test
    void eachFileGoesToTheStreamThatItNames() {
        assertThat(LabelFiles.of(TWO, List.of("chargebacks=b=c.csv", "feedback=1.csv", "feedback=2.csv")))
                .isEqualTo(Map.of(
                        "feedback",
                        List.of(Path.of("1.csv"), Path.of("2.csv")),
                        "chargebacks",
                        List.of(Path.of("b=c.csv"))));
    }

    @Test
    void labelsInsideTheEventsHaveNoFiles() {
        assertThat(LabelFiles.of(INSIDE, List.of())).isEmpty();
        assertRefused(INSIDE, List.of("may.csv"), "come inside its events; leave out --labels");
    }

    @Test
    void aFileWithoutAStreamAndAStreamWithoutAFileAreNamed() {
        assertRefused(ONE, List.of(), "come on a topic of their own; give their file with --labels");
        assertRefused(
                TWO,
                List.of("may.csv"),
                "--labels may.csv names no label stream of pipeline 'cards'; write --labels feedback=FILE or --labels"
                        + " chargebacks=FILE");
        assertRefused(
                TWO,
                List.of("feedback=may.csv"),
                "the label stream 'chargebacks' of pipeline 'cards' has no file; give it with --labels chargebacks=FILE");
    }

    private static void assertRefused(Pipeline pipeline, List<String> given, String message) {
        assertThatThrownBy(() -> LabelFiles.of(pipeline, given))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining(message);
    }
}
