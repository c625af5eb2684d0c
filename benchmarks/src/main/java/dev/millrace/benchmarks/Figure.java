package dev.millrace.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured value.
 *
 * @param id stable: figures of different days are compared by it
 * @param work what was done, and beside what
 * @param unit of the value
 * @param bar what the value must reach; null where none is set
 * @param spread of the rounds, relative to their median, see {@link Rounds#spread}
 * @param command that repeats it
 */
public record Figure(
        String id,
        String work,
        double value,
        String unit,
        boolean higherIsBetter,
        @Nullable Double bar,
        double spread,
        String command) {

    /** Whether the bar is reached; true without one. */
    public boolean holds() {
        return bar == null || (higherIsBetter ? value >= bar : value <= bar);
    }

    /** Writes a JSON array, one figure a line. */
    public static void write(Path file, List<Figure> figures) throws IOException {
        try (Writer text = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultPrettyPrinter.NopIndenter())
                    .withArrayIndenter(new com.fasterxml.jackson.core.util.DefaultIndenter("  ", "\n")));
            json.writeStartArray();
            for (Figure figure : figures) {
                figure.write(json);
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("work", work);
        json.writeNumberField("value", significant(value));
        json.writeStringField("unit", unit);
        json.writeBooleanField("higher_is_better", higherIsBetter);
        if (bar != null) {
            json.writeNumberField(higherIsBetter ? "at_least" : "at_most", bar);
        }
        json.writeNumberField("spread", significant(spread));
        json.writeStringField("command", command);
        json.writeEndObject();
    }

    /** No run repeats more than four digits. */
    private static double significant(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
    }

    /** For people. */
    @Override
    public String toString() {
        String shown = Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
        String limit = bar == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  %s %s: %s",
                        higherIsBetter ? "at least" : "at most",
                        bar,
                        holds() ? "yes" : "NO");
        return String.format(Locale.ROOT, "%-50s %12s %-10s ± %2.0f %%%s", id, shown, unit, 100 * spread, limit);
    }
}
