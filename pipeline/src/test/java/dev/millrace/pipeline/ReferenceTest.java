package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The reference in README.md against files that the reader accepts. */
class ReferenceTest {

    private static final List<String> FILES = List.of(
            "every-key.yaml",
            "every-key-delayed.yaml",
            "every-key-regression.yaml",
            "every-layer.yaml",
            "entities.yaml",
            "history.yaml",
            "gaps.yaml",
            "ratings.yaml",
            "embeddings.yaml",
            "multiclass.yaml",
            "multiclass-smoothed.yaml",
            "ftrl.yaml",
            "ranking.yaml",
            "label-streams.yaml");

    @Test
    void referenceHasTheKeysOfFilesThatHoldThemAll() throws IOException {
        Set<String> written = new TreeSet<>();
        for (String file : FILES) {
            collect(compose(Resources.text(file)), "", written);
        }
        assertThat(keysOfReference()).containsExactlyInAnyOrderElementsOf(written);
    }

    @ParameterizedTest
    @EnumSource(Statistic.Kind.class)
    void referenceExplainsEveryStatistic(Statistic.Kind kind) throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).containsPattern("\\| .*`\"?" + kind.word() + "(\\(|`)");
    }

    static List<String> files() {
        return FILES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void fileWithAllKeysIsValid(String file) throws IOException {
        assertThat(PipelineFile.read(Resources.path(file))).isNotNull();
    }

    private static Set<String> keysOfReference() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(readme)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Paths of keys that hold a value, names replaced by placeholders. */
    private static void collect(Node node, String path, Set<String> keys) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String key = ((ScalarNode) entry.getKeyNode()).getValue();
                collect(entry.getValueNode(), path.isEmpty() ? key : path + "." + key, keys);
            }
        } else if (node instanceof SequenceNode sequence
                && sequence.getValue().stream().anyMatch(MappingNode.class::isInstance)) {
            if (path.endsWith(".residual")) {
                keys.add(general(path));
            }
            for (Node item : sequence.getValue()) {
                collect(item, item instanceof ScalarNode ? path : path + "[]", keys);
            }
        } else {
            keys.add(general(path));
        }
    }

    private static String general(String path) {
        return path.replaceFirst("^kafka\\.(?!bootstrap-servers$).*", "kafka.<property>")
                .replaceFirst("^(events|label)\\.fields\\.\\w+", "$1.fields.<name>")
                .replaceFirst(
                        "^label\\.streams\\.\\w+\\.(topic|format|fields|id|time|value)\\b.*",
                        "label.streams.<stream>.$1")
                .replaceFirst("^tables\\.\\w+\\.(file|key|of|fields)\\b.*", "tables.<table>.$1")
                .replaceFirst("<name>\\.(number|boolean|id|string)$", "<name>.<type>")
                .replaceFirst("^features\\[]\\.fields\\[]\\.\\w+.*", "features[].fields[].<name>")
                // What stands inside a residual connection is written as outside.
                .replaceAll("\\.residual\\[]", "")
                .replaceFirst(
                        "^(model\\.embeddings|features\\[]\\.embedding)\\.optimizer\\.\\w+", "$1.optimizer.<kind>")
                // A feature may state for its table all that is stated for all.
                .replaceFirst(
                        "^features\\[]\\.embedding\\.(initial|optimizer|l2|admit-after|admit-with|expire)\\b",
                        "model.embeddings.$1")
                .replaceFirst("^model\\.branches\\.\\w+(\\[])?.*", "model.branches.<name>")
                .replaceFirst("^model\\.optimizer\\.\\w+", "model.optimizer.<kind>");
    }

    private static Node compose(String yaml) {
        return new Yaml().compose(new StringReader(yaml));
    }
}
