package dev.millrace.cli.evaluate;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.LabelStream;
import dev.millrace.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which files hold the labels of which stream, as {@code --labels} says: {@code FILE}, or {@code STREAM=FILE}. */
public final class LabelFiles {

    private LabelFiles() {}

    /**
     * The files of each stream by its name, in the order given.
     *
     * @throws WrongInputException if a stream has no file, or a file no stream
     */
    public static Map<String, List<Path>> of(Pipeline pipeline, List<String> given) {
        if (!(pipeline.label() instanceof LabelSource.Streams own)) {
            if (!given.isEmpty()) {
                throw new WrongInputException("the labels of pipeline '" + pipeline.name()
                        + "' come inside its events; leave out --labels, or give label.topic in the pipeline file");
            }
            return Map.of();
        }
        List<LabelStream> streams = own.streams();
        Map<String, List<Path>> files = new LinkedHashMap<>();
        for (String argument : given) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? "" : argument.substring(0, equals);
            boolean named = equals >= 0
                    && streams.stream().anyMatch(stream -> stream.name().equals(name));
            if (!named && streams.size() > 1) {
                throw new WrongInputException("--labels " + argument + " names no label stream of pipeline '"
                        + pipeline.name() + "'; write " + forms(streams));
            }
            String stream = named ? name : streams.get(0).name();
            Path file = Path.of(named ? argument.substring(equals + 1) : argument);
            files.computeIfAbsent(stream, key -> new ArrayList<>()).add(file);
        }
        for (LabelStream stream : streams) {
            if (!files.containsKey(stream.name())) {
                throw new WrongInputException(
                        stream.name().isEmpty()
                                ? "the labels of pipeline '" + pipeline.name()
                                        + "' come on a topic of their own; give their file with --labels"
                                : "the label stream '" + stream.name() + "' of pipeline '" + pipeline.name()
                                        + "' has no file; give it with " + forms(List.of(stream)));
            }
        }
        return files;
    }

    private static String forms(List<LabelStream> streams) {
        return streams.stream()
                .map(stream -> "--labels " + stream.name() + "=FILE")
                .collect(Collectors.joining(" or "));
    }
}
