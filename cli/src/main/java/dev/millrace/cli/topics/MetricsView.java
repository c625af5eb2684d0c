package dev.millrace.cli.topics;

import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.evaluation.ModelDigestRow;
import dev.millrace.evaluation.ReportRow;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest row of each key on a metrics topic. */
public final class MetricsView {

    private final Map<String, ReportRow> rows = new LinkedHashMap<>();

    public void add(ConsumerRecord<byte[], byte[]> record) {
        add(new String(record.value(), StandardCharsets.UTF_8));
    }

    void add(String json) {
        ReportRow.fromJson(json).ifPresent(row -> rows.put(row.key(), row));
    }

    /** The row of a scope that has one row at most. */
    public Optional<MetricRow> newest(MetricScope scope, MeasuredLabels labels) {
        return metricRows(scope, labels).reduce((earlier, later) -> later);
    }

    /** By the start of the slice. */
    public List<MetricRow> slices(MetricScope scope, MeasuredLabels labels) {
        return metricRows(scope, labels)
                .sorted(Comparator.comparingLong(MetricRow::sliceStart))
                .toList();
    }

    public Optional<ModelDigestRow> digest() {
        return rows.values().stream()
                .filter(ModelDigestRow.class::isInstance)
                .map(ModelDigestRow.class::cast)
                .reduce((earlier, later) -> later);
    }

    private Stream<MetricRow> metricRows(MetricScope scope, MeasuredLabels labels) {
        return rows.values().stream()
                .filter(MetricRow.class::isInstance)
                .map(MetricRow.class::cast)
                .filter(row -> row.scope() == scope && row.labels() == labels);
    }
}
