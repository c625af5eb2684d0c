package dev.millrace.cli;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.TableSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Files of side tables that lie elsewhere than the pipeline file says. */
final class TableOption {

    @Option(
            names = "--table",
            paramLabel = "NAME=FILE",
            description = "The file of a side table, a CSV file, gzipped if named .gz, instead of the one that the "
                    + "pipeline file names.")
    Map<String, Path> files = new LinkedHashMap<>();

    /** @throws WrongInputException if the pipeline has no such table */
    Pipeline of(Pipeline pipeline) {
        for (String name : files.keySet()) {
            if (pipeline.tables().stream().noneMatch(table -> table.name().equals(name))) {
                throw new WrongInputException("--table " + name + "=" + files.get(name)
                        + " names no table of pipeline '" + pipeline.name() + "'; " + remedy(pipeline));
            }
        }
        List<TableSource> tables = new ArrayList<>();
        for (TableSource table : pipeline.tables()) {
            Path file = files.get(table.name());
            tables.add(file == null ? table : table.withFile(file.toString()));
        }
        return pipeline.withTables(tables);
    }

    private static String remedy(Pipeline pipeline) {
        return pipeline.tables().isEmpty()
                ? "it has none: leave the option out, or add tables to the pipeline file"
                : "write one of "
                        + pipeline.tables().stream().map(TableSource::name).collect(Collectors.joining(", "));
    }
}
