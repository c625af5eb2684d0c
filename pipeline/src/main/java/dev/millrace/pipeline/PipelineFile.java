package dev.millrace.pipeline;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads pipeline files. The module's README is the reference of every key. */
public final class PipelineFile {

    private PipelineFile() {}

    /**
     * Reads a file in UTF-8. Paths in it are relative to its directory.
     *
     * @throws InvalidPipelineException with every problem of the file
     * @throws IOException if there is no file, or it cannot be read
     */
    public static Pipeline read(Path file) throws IOException {
        String yaml;
        try {
            yaml = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw invalid(
                    file.toString(), new Problem("", 1, null, "must be text in UTF-8", "save it with that encoding"));
        }
        Path directory = file.getParent();
        return parse(file.toString(), directory == null ? Path.of("") : directory, yaml);
    }

    /**
     * Reads a text. Paths in it are relative to the working directory.
     *
     * @throws InvalidPipelineException with every problem of the text
     */
    public static Pipeline parse(String yaml) {
        return parse("pipeline", Path.of(""), yaml);
    }

    private static Pipeline parse(String source, Path directory, String yaml) {
        Node root = compose(source, yaml);
        if (root == null) {
            throw invalid(
                    source,
                    new Problem(
                            "", 1, null, "must not be empty", "begin with name, events, label, features and model"));
        }
        Problems problems = new Problems();
        Pipeline pipeline = PipelineReader.read(new Place(root, "", problems), directory);
        if (pipeline == null || !problems.isEmpty()) {
            throw new InvalidPipelineException(source, problems.byLine());
        }
        return pipeline;
    }

    /** The tree of the file as it is written: no types are guessed, no keys dropped, no objects made. */
    private static @Nullable Node compose(String source, String yaml) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            String what = e.getProblem() == null ? "no further detail" : e.getProblem();
            throw invalid(source, syntax(line, what));
        } catch (YAMLException e) {
            throw invalid(source, syntax(1, String.valueOf(e.getMessage())));
        }
    }

    private static Problem syntax(int line, String what) {
        return new Problem(
                "",
                line,
                null,
                "must be one YAML document (" + what.strip().replaceAll("\\s+", " ") + ")",
                "look at indentation, quotes and brackets near this line");
    }

    private static InvalidPipelineException invalid(String source, Problem problem) {
        return new InvalidPipelineException(source, List.of(problem));
    }
}
