package dev.millrace.jobs;

import dev.millrace.connectors.format.TableFile;
import dev.millrace.features.tables.TableJoin;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.TableSource;
import java.nio.file.Path;
import java.util.List;

/** The files beside a pipeline. They are read where the job is built, and travel with it: no task needs them. */
public final class SideTables {

    private SideTables() {}

    /**
     * All of a pipeline, in its order.
     *
     * @throws dev.millrace.connectors.format.TableFileException if a file is not what the pipeline says
     */
    public static List<TableJoin> read(Pipeline pipeline) {
        return pipeline.tables().stream().map(SideTables::read).toList();
    }

    private static TableJoin read(TableSource source) {
        return new TableJoin(
                source.name(),
                source.of(),
                TableFile.read(source.name(), Path.of(source.file()), source.key(), source.fields()));
    }
}
