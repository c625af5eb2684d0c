package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Whatever stands in whatever place: a pipeline, or problems with line, rule and remedy; never another exception. */
class MutilatedFileTest {

    private static final List<String> INSTEAD = List.of(
            "''",
            "~",
            "[]",
            "{}",
            "x",
            "-1",
            "0",
            "1e400",
            ".nan",
            "99999999999999999999",
            "[[x]]",
            "{x: y}",
            "{[]: y}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "every-key.yaml",
                "every-key-delayed.yaml",
                "every-key-regression.yaml",
                "every-layer.yaml",
                "entities.yaml",
                "history.yaml",
                "gaps.yaml",
                "ratings.yaml",
                "label-streams.yaml"
            })
    void everyValueMayBeAnything(String file) throws IOException {
        String valid = Resources.text(file);
        List<Node> places = new ArrayList<>();
        collect(new Yaml().compose(new StringReader(valid)), places);
        assertThat(places).hasSizeGreaterThan(15);
        for (Node place : places) {
            int start = place.getStartMark().getIndex();
            String value = valid.substring(start, place.getEndMark().getIndex());
            String lineBreak = value.endsWith("\n") ? "\n" : "";
            for (String instead : INSTEAD) {
                requirePipelineOrProblems(
                        valid.substring(0, start) + instead + lineBreak + valid.substring(start + value.length()));
            }
        }
    }

    private static void requirePipelineOrProblems(String yaml) {
        try {
            PipelineFile.parse(yaml);
        } catch (InvalidPipelineException invalid) {
            assertThat(invalid.problems()).as(yaml).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.rule()).isNotBlank();
                assertThat(problem.remedy()).isNotBlank();
            });
        } catch (RuntimeException e) {
            throw new AssertionError("neither pipeline nor problems:\n" + yaml, e);
        }
    }

    private static void collect(Node node, List<Node> places) {
        places.add(node);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                places.add(entry.getKeyNode());
                collect(entry.getValueNode(), places);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> collect(item, places));
        }
    }
}
