package dev.millrace.cli.demo;

import dev.millrace.cli.report.Chart;
import dev.millrace.cli.report.LearningReport;
import dev.millrace.cli.report.LearningReport.Tile;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The figures of the demo of card fraud, arranged for its report. */
record FraudReport(long seed, DemoState end, List<MetricRow> slices, List<Rate> rates) {

    private static final String FOOTER =
            "Every figure is prequential: a transaction was scored when it happened, by the weights of that moment, and"
                    + " measured when its label came. No score was made with knowledge of its label.";

    String html() {
        return new LearningReport("Card fraud, learned from the stream", subtitle(), tiles(), charts(), FOOTER).html();
    }

    private String subtitle() {
        return String.format(
                Locale.ROOT,
                "A simulated card network (seed %d) with three kinds of fraud. Payments were scored as they happened; their "
                        + "labels came hours to weeks later, and the network learned from each as it came.",
                seed);
    }

    private List<Tile> tiles() {
        long labels = end.total().map(MetricRow::count).orElse(0L);
        long frauds = end.total().map(MetricRow::positives).orElse(0L);
        double rate = labels == 0 ? 0 : (double) frauds / labels;
        return List.of(
                new Tile("Payments scored", DemoState.count(end.scored()), end.days(slices) + " simulated days"),
                new Tile("Labels measured", DemoState.count(labels), DemoState.count(frauds) + " of them frauds"),
                new Tile("ROC AUC", measure(Metric.ROC_AUC, 3), "a guess: 0.5"),
                new Tile(
                        "Average precision",
                        measure(Metric.AVERAGE_PRECISION, 3),
                        String.format(Locale.ROOT, "a guess: %.3f", rate)),
                new Tile(
                        "Cards alerted",
                        DemoState.count(end.hits().results()),
                        end.hits().share() + " had a fraud on that day"),
                new Tile("Log loss", measure(Metric.LOG_LOSS, 4), "since the first payment"),
                end.speed("Payments per second"));
    }

    private List<Chart> charts() {
        DailyCharts daily = new DailyCharts(slices, end.windows());
        return List.of(
                daily.quality(
                        "ROC AUC",
                        "How often a fraud is ranked above a genuine payment. 0.5 is a guess.",
                        Metric.ROC_AUC,
                        3,
                        false,
                        daily.reference("a guess", window -> 0.5)),
                daily.quality(
                        "Average precision",
                        "Precision averaged over the frauds found. A guess reaches the share of frauds.",
                        Metric.AVERAGE_PRECISION,
                        3,
                        true,
                        daily.reference("share of frauds", FraudReport::baseRate)),
                daily.quality(
                        "Log loss",
                        "Lower is better. Dashed: always answering the share of frauds. A model whose loss weighs frauds more"
                                + " stays above it.",
                        Metric.LOG_LOSS,
                        4,
                        true,
                        daily.reference("constant answer", FraudReport::entropy)),
                daily.counts(
                        "Labels",
                        "Outcomes that were learned from, by the day of their payment. The last days wait for theirs.",
                        "labels"),
                DailyCharts.rates("Scored payments by seconds of the clock on the wall.", rates));
    }

    private static @Nullable Double baseRate(MetricRow row) {
        return row.count() == 0 ? null : (double) row.positives() / row.count();
    }

    /** Log loss of a model that always answers the base rate: what a model must beat to have learned anything. */
    private static @Nullable Double entropy(MetricRow row) {
        Double rate = baseRate(row);
        if (rate == null) {
            return null;
        }
        return rate == 0 || rate == 1 ? 0 : -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
    }

    private String measure(Metric metric, int places) {
        OptionalDouble value = end.total().map(row -> row.metrics().get(metric)).orElse(OptionalDouble.empty());
        return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%." + places + "f", value.getAsDouble());
    }
}
