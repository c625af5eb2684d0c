package dev.millrace.cli;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The pipeline file, first argument of most commands. */
final class PipelineOption {

    @Parameters(index = "0", paramLabel = "PIPELINE.yaml", description = "The pipeline file.")
    Path file = Path.of("");

    /**
     * @throws WrongInputException if there is no such file
     * @throws dev.millrace.pipeline.InvalidPipelineException with every problem of the file
     */
    Pipeline read() {
        return read(file);
    }

    static Pipeline read(Path file) {
        try {
            return PipelineFile.read(file);
        } catch (NoSuchFileException e) {
            throw new WrongInputException("cannot read " + file + ": there is no such file; give a pipeline file", e);
        } catch (IOException e) {
            throw new WrongInputException("cannot read " + file + ": " + e.getMessage() + "; give a pipeline file", e);
        }
    }
}
