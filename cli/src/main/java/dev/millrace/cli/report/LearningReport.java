package dev.millrace.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The learning curves of a run as a page of its own: scripts, styles and figures are inside it.
 *
 * @param title of the page
 * @param subtitle one sentence on what ran
 * @param tiles the figures at the top
 * @param curve by slice, in the order of time
 * @param rates events per second of wall time, in the order of time
 */
public record LearningReport(
        String title, String subtitle, List<Tile> tiles, List<CurvePoint> curve, List<RatePoint> rates) {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A figure with its name and what to hold it against. */
    public record Tile(String name, String value, String note) {}

    /** @param second of wall time since the start */
    public record RatePoint(double second, double eventsPerSecond) {}

    public LearningReport {
        tiles = List.copyOf(tiles);
        curve = List.copyOf(curve);
        rates = List.copyOf(rates);
    }

    public String html() {
        return resource("report.html")
                .replace("{{title}}", escaped(title))
                .replace("{{uplot-style}}", resource(UPLOT + "uPlot.min.css"))
                .replace("{{uplot-script}}", resource(UPLOT + "uPlot.iife.min.js"))
                // Nothing in the figures may end the element that holds them.
                .replace("{{figures}}", figures().toString().replace("<", "\\u003c"));
    }

    private ObjectNode figures() {
        ObjectNode figures = JSON.createObjectNode();
        figures.put("title", title);
        figures.put("subtitle", subtitle);
        figures.set("tiles", JSON.valueToTree(tiles));
        ObjectNode slices = figures.putObject("slices");
        column(slices, "seconds", point -> point.sliceStart() / 1000.0);
        column(slices, "labels", point -> (double) point.labels());
        column(slices, "positives", point -> (double) point.positives());
        column(slices, "base_rate", point -> baseRate(point.windowPositives(), point.windowLabels()));
        column(slices, "constant_log_loss", point -> entropy(point.windowPositives(), point.windowLabels()));
        column(slices, "roc_auc", point -> point.slice().rocAuc());
        column(slices, "average_precision", point -> point.slice().averagePrecision());
        column(slices, "log_loss", point -> point.slice().logLoss());
        column(slices, "window_roc_auc", point -> point.window().rocAuc());
        column(slices, "window_average_precision", point -> point.window().averagePrecision());
        column(slices, "window_log_loss", point -> point.window().logLoss());
        ObjectNode speed = figures.putObject("rates");
        ArrayNode seconds = speed.putArray("seconds");
        ArrayNode events = speed.putArray("events_per_second");
        for (RatePoint rate : rates) {
            seconds.add(rate.second());
            events.add(Math.round(rate.eventsPerSecond()));
        }
        return figures;
    }

    private void column(ObjectNode target, String name, Function<CurvePoint, @Nullable Double> value) {
        ArrayNode column = target.putArray(name);
        curve.forEach(point -> column.add(value.apply(point)));
    }

    private static @Nullable Double baseRate(long positives, long labels) {
        return labels == 0 ? null : (double) positives / labels;
    }

    /** Log loss of a model that always answers the base rate: what a model must beat to have learned anything. */
    private static @Nullable Double entropy(long positives, long labels) {
        Double rate = baseRate(positives, labels);
        if (rate == null) {
            return null;
        }
        return rate == 0 || rate == 1 ? 0 : -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (InputStream input = LearningReport.class.getResourceAsStream(name)) {
            if (input == null) {
                throw new IllegalStateException("resource " + name + " is missing from the class path; build anew");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
