package dev.millrace.cli.demo;

import dev.millrace.cli.report.Chart;
import dev.millrace.cli.report.Chart.Axis;
import dev.millrace.cli.report.Chart.Series;
import dev.millrace.cli.report.Chart.Style;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Charts of quality over the days of a demo, each with the sliding window beside the day. */
final class DailyCharts {

    private final List<MetricRow> slices;
    /** A sliding window is named by the slice that it ends with. */
    private final Map<Long, MetricRow> windows = new HashMap<>();

    DailyCharts(List<MetricRow> slices, List<MetricRow> windows) {
        this.slices = slices;
        windows.forEach(window -> this.windows.put(window.sliceEnd(), window));
    }

    Chart quality(String title, String note, Metric metric, int places, boolean fromZero, Series... references) {
        List<Series> series = new ArrayList<>(List.of(
                new Series("one day", Style.SLICE, ofSlices(row -> value(row, metric))),
                new Series("last 7 days", Style.WINDOW, ofWindows(row -> value(row, metric)))));
        series.addAll(List.of(references));
        return new Chart(title, note, Axis.DAYS, days(), places, fromZero, series);
    }

    /** A dashed line of what a window must beat. */
    Series reference(String label, Function<MetricRow, @Nullable Double> value) {
        return new Series(label, Style.REFERENCE, ofWindows(value));
    }

    Chart counts(String title, String note, String label) {
        return new Chart(title, note, Axis.DAYS, days(), 0, true, List.of(new Series(label, Style.BARS, ofSlices(row ->
                (double) row.count()))));
    }

    static Chart rates(String note, List<Rate> rates) {
        return new Chart(
                "Events per second",
                note,
                Axis.WALL,
                rates.stream().map(Rate::second).toList(),
                0,
                true,
                List.of(new Series("events/s", Style.AREA, valuesOf(rates, Rate::eventsPerSecond))));
    }

    private List<Double> days() {
        return slices.stream().map(slice -> slice.sliceStart() / 1000.0).toList();
    }

    private List<@Nullable Double> ofSlices(Function<MetricRow, @Nullable Double> value) {
        return valuesOf(slices, value);
    }

    private List<@Nullable Double> ofWindows(Function<MetricRow, @Nullable Double> value) {
        return valuesOf(slices, slice -> {
            MetricRow window = windows.get(slice.sliceEnd());
            return window == null ? null : value.apply(window);
        });
    }

    private static <T> List<@Nullable Double> valuesOf(List<T> rows, Function<T, @Nullable Double> value) {
        List<@Nullable Double> values = new ArrayList<>();
        rows.forEach(row -> values.add(value.apply(row)));
        return values;
    }

    static @Nullable Double value(MetricRow row, Metric metric) {
        OptionalDouble value = row.metrics().get(metric);
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
