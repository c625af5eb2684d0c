package dev.millrace.cli.evaluate;

import dev.millrace.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate on what.
 *
 * @param events files of the events topic, in order
 * @param labels files of each label topic, in order, by the name of its stream; empty where labels come inside the events
 * @param parallelism subtasks of each operator, at least 1
 * @param partitions of every input topic, at least 1
 * @param limit number of events to take, at least 1
 * @param from quality is reported of events from this time on; null: of all
 * @param slice length of the slices of event time that metrics are folded over
 * @param keepPredictions whether the result holds every prediction
 */
public record EvaluationRequest(
        Pipeline pipeline,
        List<Path> events,
        Map<String, List<Path>> labels,
        int parallelism,
        int partitions,
        long limit,
        @Nullable Instant from,
        Duration slice,
        boolean keepPredictions) {

    public EvaluationRequest {
        events = List.copyOf(events);
        labels = Map.copyOf(labels);
    }
}
