package dev.millrace.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.Metrics;
import dev.millrace.evaluation.ModelDigestRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an evaluation has found; all counts but {@code skipped} are those of the topics that the job wrote.
 *
 * @param events predictions written
 * @param rejected dead letters written
 * @param skipped events in the files that the pipeline is not about
 * @param seconds from the moment that all subtasks run to the end of the last one
 * @param total quality over all real labels; empty if none came
 * @param since the same over the slices that start at the requested time or later; empty if none was requested
 * @param withAssumed the same as {@code total} with assumed negatives; empty if none are assumed
 * @param noChangeAccuracy accuracy of "as last time", where labels are inside the events and known at once
 * @param rejections reasons of the first dead letters
 */
public record EvaluationResult(
        String pipeline,
        long events,
        long rejected,
        long skipped,
        double seconds,
        Optional<MetricRow> total,
        Optional<MetricRow> since,
        Optional<MetricRow> withAssumed,
        OptionalDouble noChangeAccuracy,
        Optional<ModelDigestRow> digest,
        List<String> rejections) {

    private static final List<Metric> JSON_METRICS = List.of(
            Metric.LOG_LOSS,
            Metric.ROC_AUC,
            Metric.AVERAGE_PRECISION,
            Metric.ACCURACY,
            Metric.RMSE,
            Metric.EXPECTED_CALIBRATION_ERROR,
            Metric.MEAN_SCORE,
            Metric.BASE_RATE);

    public EvaluationResult {
        rejections = List.copyOf(rejections);
    }

    /** Real labels that met the score of their event. */
    public long labelled() {
        return total.map(MetricRow::count).orElse(0L);
    }

    public double eventsPerSecond() {
        return events / seconds;
    }

    /** Quality of what was asked for. */
    public Metrics headline() {
        return since.or(() -> total).map(MetricRow::metrics).orElse(Metrics.NONE);
    }

    /** For people: a sentence of counts, a table of measures, the model. */
    public String toText() {
        return new ResultTable(this).text();
    }

    /** One object with fixed keys; a measure that is not defined for the task is null. Those of a ranking come only with one. */
    public String toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("pipeline", pipeline);
        json.put("events", events);
        json.put("labelled", labelled());
        json.put("rejected", rejected);
        json.put("skipped", skipped);
        json.put("seconds", seconds);
        json.put("events_per_second", eventsPerSecond());
        ObjectNode metrics = json.putObject("metrics");
        for (Metric metric : JSON_METRICS) {
            OptionalDouble value = headline().get(metric);
            metrics.put(metric.key(), value.isPresent() ? (Double) value.getAsDouble() : null);
        }
        headline().forEach((metric, value) -> {
            if (metric.compareTo(Metric.RECALL_AT_10) >= 0) {
                metrics.put(metric.key(), value);
            }
        });
        json.put("engine", digest.map(ModelDigestRow::engine).orElse(null));
        json.put("weights_sha256", digest.map(ModelDigestRow::weightsSha256).orElse(null));
        return json.toPrettyString() + "\n";
    }
}
