package dev.millrace.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Quality of one model over one part of the stream.
 *
 * @param shard the shard's index, {@link #ALL_SHARDS} for all together
 * @param sliceStart event time at which the part begins, milliseconds since the epoch
 * @param sliceEnd event time before which it ends, milliseconds since the epoch
 * @param labels which labels it is measured on
 * @param count labelled scores measured; of {@link MetricScope#FADING} those that ever were
 * @param positives positive labels among them; {@link #NO_POSITIVES}, and absent in JSON, where no class is the positive
 *     one or they are not counted
 * @param invalid labelled scores that cannot be measured: not finite, or with a label that the task does not have
 * @param modelVersion newest version of the weights that scored, in updates
 * @param time stream time of the newest report behind the row, milliseconds since the epoch
 */
public record MetricRow(
        String pipeline,
        String model,
        MetricScope scope,
        int shard,
        long sliceStart,
        long sliceEnd,
        MeasuredLabels labels,
        long count,
        long positives,
        long invalid,
        Metrics metrics,
        long modelVersion,
        long time)
        implements ReportRow {

    public static final String KIND = "metrics";
    public static final int ALL_SHARDS = -1;
    public static final long NO_POSITIVES = -1;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        String of = pipeline + "/" + model + "/" + KIND + "/" + labels.key() + "/" + scope.key();
        return switch (scope) {
            case SLICE, SLIDING -> of + "/" + sliceStart;
            case SHARD -> of + "/" + shard;
            case FADING, TOTAL, SINCE -> of;
        };
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("scope", scope.key());
        json.put("shard", shard);
        json.put("slice_start", sliceStart);
        json.put("slice_end", sliceEnd);
        json.put("slice_start_iso", Instant.ofEpochMilli(sliceStart).toString());
        json.put("slice_end_iso", Instant.ofEpochMilli(sliceEnd).toString());
        json.put("labels", labels.key());
        json.put("count", count);
        if (positives != NO_POSITIVES) {
            json.put("positives", positives);
        }
        json.put("invalid", invalid);
        json.put("model_version", modelVersion);
        json.put("time", time);
        ObjectNode values = json.putObject("metrics");
        metrics.forEach((metric, value) -> values.put(metric.key(), value));
    }

    static MetricRow read(RowReader row) {
        JsonNode values = row.object("metrics");
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            if (values.path(metric.key()).isNumber()) {
                metrics.put(metric, values.path(metric.key()).doubleValue());
            }
        }
        return new MetricRow(
                row.text("pipeline"),
                row.text("model"),
                row.oneOf("scope", MetricScope.values(), MetricScope::key),
                row.smallNumber("shard"),
                row.number("slice_start"),
                row.number("slice_end"),
                row.oneOf("labels", MeasuredLabels.values(), MeasuredLabels::key),
                row.number("count"),
                row.number("positives", NO_POSITIVES),
                row.number("invalid"),
                new Metrics(metrics),
                row.number("model_version"),
                row.number("time"));
    }
}
