package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.cli.terminal.Terminal;
import dev.millrace.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the README shows is what the release understands. */
class ReadmeTest {

    private static final Path HOME = Path.of("..");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("^ {4}\\./millrace (.*?)(?: +#.*)?$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void pipelineFilesAreValid() throws IOException {
        assertThat(found(YAML)).isNotEmpty().allSatisfy(yaml -> assertThatCode(() -> PipelineFile.parse(yaml))
                .doesNotThrowAnyException());
    }

    @Test
    void commandsAreUnderstood() throws IOException {
        CommandLine millrace = Millrace.commandLine(Terminal.ofProcess());
        assertThat(found(COMMAND)).hasSizeGreaterThan(4).allSatisfy(command -> assertThatCode(
                        () -> millrace.parseArgs(command.strip().split(" +")))
                .as(command)
                .doesNotThrowAnyException());
    }

    @Test
    void linksLeadToFiles() throws IOException {
        assertThat(found(LINK)).isNotEmpty().allSatisfy(link -> assertThat(HOME.resolve(link))
                .exists());
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(HOME.resolve("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
