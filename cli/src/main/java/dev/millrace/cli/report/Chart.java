package dev.millrace.cli.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One chart of a report.
 *
 * @param note one sentence on how to read it
 * @param axis what {@code x} is
 * @param x in ascending order
 * @param places digits after the point, 0 to 6
 * @param fromZero whether the vertical axis begins at 0
 */
public record Chart(
        String title, String note, Axis axis, List<Double> x, int places, boolean fromZero, List<Series> series) {

    /** What the horizontal axis measures. */
    public enum Axis {
        /** Seconds since the epoch, event time. */
        DAYS,
        /** Seconds of the clock on the wall since the start. */
        WALL
    }

    /** What a line looks like. */
    public enum Style {
        /** One slice: thin. */
        SLICE,
        /** A sliding window: strong. */
        WINDOW,
        /** What to hold it against: dashed. */
        REFERENCE,
        BARS,
        AREA
    }

    /** @param values one per {@code x}; null is a gap */
    public record Series(String label, Style style, List<@Nullable Double> values) {}

    public Chart {
        x = List.copyOf(x);
        series = List.copyOf(series);
    }
}
