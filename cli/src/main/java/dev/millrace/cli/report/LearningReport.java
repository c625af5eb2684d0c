package dev.millrace.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The learning curves of a run as a page of its own: scripts, styles and figures are inside it.
 *
 * @param title of the page
 * @param subtitle one sentence on what ran
 * @param tiles the figures at the top
 * @param charts in the order of the page; those over days are its table too
 * @param footer what the figures mean
 */
public record LearningReport(String title, String subtitle, List<Tile> tiles, List<Chart> charts, String footer) {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A figure with its name and what to hold it against. */
    public record Tile(String name, String value, String note) {}

    public LearningReport {
        tiles = List.copyOf(tiles);
        charts = List.copyOf(charts);
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
        figures.put("footer", footer);
        figures.set("tiles", JSON.valueToTree(tiles));
        figures.set("charts", JSON.valueToTree(charts));
        return figures;
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
