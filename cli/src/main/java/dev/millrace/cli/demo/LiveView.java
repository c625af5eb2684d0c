package dev.millrace.cli.demo;

import dev.millrace.cli.terminal.Terminal;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Shows the state of the demo: drawn anew in place where a person looks on, otherwise a line every few seconds. */
final class LiveView {

    private static final String SPARKS = "▁▂▃▄▅▆▇█";
    private static final int SPARK_WIDTH = 40;
    private static final double SECONDS_BETWEEN_LINES = 5;
    static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static final String BOLD = "\u001b[1m";
    static final String FAINT = "\u001b[2m";
    static final String PLAIN = "\u001b[0m";
    private static final String CLEAR_REST_OF_LINE = "\u001b[K";

    private final Terminal terminal;
    private final DemoFace face;
    private final URI webUi;
    private int linesDrawn;
    private double lastLineSeconds;

    LiveView(Terminal terminal, DemoFace face, URI webUi) {
        this.terminal = terminal;
        this.face = face;
        this.webUi = webUi;
    }

    void show(DemoState state) {
        if (terminal.interactive()) {
            draw(face.panel(state, webUi));
        } else if (state.wallSeconds() - lastLineSeconds >= SECONDS_BETWEEN_LINES) {
            lastLineSeconds = state.wallSeconds();
            terminal.say(face.line(state));
        }
    }

    private void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (linesDrawn > 0) {
            frame.append("\u001b[").append(linesDrawn).append('A');
        }
        lines.forEach(line -> frame.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        terminal.err().print(frame);
        terminal.err().flush();
        linesDrawn = lines.size();
    }

    /** One line of a panel. */
    static String row(String name, String value, String note) {
        return String.format(Locale.ROOT, "%-15s%-18s %s%s%s", name, value, FAINT, note, PLAIN);
    }

    /** A measure so far, and its latest course. */
    static String quality(String name, DemoState state, Metric metric, int places) {
        return String.format(
                Locale.ROOT, "%-15s%-8s %s", name, measure(state, metric, places), sparkline(state.windows(), metric));
    }

    /** So far; a dash where it is not defined. */
    static String measure(DemoState state, Metric metric, int places) {
        OptionalDouble value =
                state.total().map(row -> row.metrics().get(metric)).orElse(OptionalDouble.empty());
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%." + places + "f", value.getAsDouble());
    }

    /** The latest values between their least and greatest. */
    static String sparkline(List<MetricRow> rows, Metric metric) {
        double[] values = rows.stream()
                .map(row -> row.metrics().get(metric))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        int from = Math.max(0, values.length - SPARK_WIDTH);
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < values.length; i++) {
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
        }
        StringBuilder line = new StringBuilder();
        for (int i = from; i < values.length; i++) {
            double height = greatest > least ? (values[i] - least) / (greatest - least) : 0.5;
            line.append(SPARKS.charAt((int) Math.round(height * (SPARKS.length() - 1))));
        }
        return line.toString();
    }
}
