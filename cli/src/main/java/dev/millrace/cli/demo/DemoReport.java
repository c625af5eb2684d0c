package dev.millrace.cli.demo;

import dev.millrace.cli.report.CurvePoint;
import dev.millrace.cli.report.CurvePoint.Quality;
import dev.millrace.cli.report.LearningReport;
import dev.millrace.cli.report.LearningReport.RatePoint;
import dev.millrace.cli.report.LearningReport.Tile;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of the demo, arranged for its report. */
record DemoReport(FraudDemoOptions options, DemoState end, List<MetricRow> slices, List<RatePoint> rates) {

    String html() {
        return new LearningReport("Card fraud, learned from the stream", subtitle(), tiles(), curve(), rates).html();
    }

    private String subtitle() {
        return String.format(
                Locale.ROOT,
                "A simulated card network (seed %d) with three kinds of fraud. Payments were scored as they happened; their "
                        + "labels came hours to weeks later, and the network learned from each as it came.",
                options.seed());
    }

    private List<Tile> tiles() {
        long labels = end.total().map(MetricRow::count).orElse(0L);
        long frauds = end.total().map(MetricRow::positives).orElse(0L);
        double rate = labels == 0 ? 0 : (double) frauds / labels;
        return List.of(
                new Tile("Payments scored", count(end.scored()), days() + " simulated days"),
                new Tile("Labels measured", count(labels), count(frauds) + " of them frauds"),
                new Tile("ROC AUC", measure(Metric.ROC_AUC, 3), "a guess: 0.5"),
                new Tile(
                        "Average precision",
                        measure(Metric.AVERAGE_PRECISION, 3),
                        String.format(Locale.ROOT, "a guess: %.3f", rate)),
                new Tile(
                        "Cards alerted",
                        count(end.alerts().alerts()),
                        LiveView.found(end) + " had a fraud on that day"),
                new Tile("Log loss", measure(Metric.LOG_LOSS, 4), "since the first payment"),
                new Tile(
                        "Payments per second",
                        count(Math.round(end.wallSeconds() > 0 ? end.scored() / end.wallSeconds() : 0)),
                        String.format(Locale.ROOT, "over %.0f seconds", end.wallSeconds())));
    }

    private long days() {
        return slices.isEmpty()
                ? 0
                : (end.simulated().toEpochMilli() - slices.get(0).sliceStart()) / 86_400_000;
    }

    private List<CurvePoint> curve() {
        // A sliding window is named by the slice that it ends with.
        Map<Long, MetricRow> windows = end.windows().stream()
                .collect(Collectors.toMap(MetricRow::sliceEnd, Function.identity(), (earlier, later) -> later));
        return slices.stream()
                .map(slice -> point(slice, windows.get(slice.sliceEnd())))
                .toList();
    }

    private static CurvePoint point(MetricRow slice, @Nullable MetricRow window) {
        return new CurvePoint(
                slice.sliceStart(),
                slice.count(),
                slice.positives(),
                quality(slice),
                window == null ? 0 : window.count(),
                window == null ? 0 : window.positives(),
                window == null ? Quality.UNDEFINED : quality(window));
    }

    private static Quality quality(MetricRow row) {
        return new Quality(
                value(row, Metric.ROC_AUC), value(row, Metric.AVERAGE_PRECISION), value(row, Metric.LOG_LOSS));
    }

    private static @Nullable Double value(MetricRow row, Metric metric) {
        OptionalDouble value = row.metrics().get(metric);
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private String measure(Metric metric, int places) {
        OptionalDouble value = end.total().map(row -> row.metrics().get(metric)).orElse(OptionalDouble.empty());
        return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%." + places + "f", value.getAsDouble());
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
