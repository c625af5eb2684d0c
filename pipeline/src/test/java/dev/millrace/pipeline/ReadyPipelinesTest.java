package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.FeatureEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that come with Millrace. */
class ReadyPipelinesTest {

    private static final Path FOLDER = Path.of("..", "pipelines");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void readyFileIsValid(Path file) throws IOException {
        Pipeline pipeline = PipelineFile.read(file);

        FeatureEncoder encoder = new FeatureEncoder(pipeline.encodedSchema(), pipeline.features());
        Ranking ranking = pipeline.ranking();
        assertThat(pipeline.network().inputs())
                .isEqualTo(
                        (ranking == null ? encoder.inputNames() : ranking.spec().inputNames()).size());
        assertThat(file.getFileName().toString()).startsWith(pipeline.name()).endsWith(".yaml");
    }

    @Test
    void bothFormsOfTheHandbookDifferInTheirLabelsOnly() throws IOException {
        Pipeline inside = PipelineFile.read(FOLDER.resolve("handbook-april.yaml"));
        Pipeline topic = PipelineFile.read(FOLDER.resolve("handbook-april-topic.yaml"));

        assertThat(topic.network()).isEqualTo(inside.network());
        assertThat(topic.features()).isEqualTo(inside.features());
        assertThat(topic.training()).isEqualTo(inside.training());
        assertThat(topic.events().schema().fields())
                .isEqualTo(inside.events().schema().fields());
        LabelSource.Late delayed = (LabelSource.Late) inside.label();
        LabelSource.Late late = (LabelSource.Late) topic.label();
        assertThat(late.rules(topic.events().maxOutOfOrderness()))
                .isEqualTo(delayed.rules(inside.events().maxOutOfOrderness()));
    }
}
