package dev.millrace.features.aggregates;

import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stretch of event time that an aggregate of an event at t looks at: (t − delay − width, t − delay]. It slides with every
 * event. Without a delay the event itself is its newest.
 *
 * @param width above 0, whole milliseconds
 * @param delay at least 0, whole milliseconds
 */
public record Window(Duration width, Duration delay) implements Serializable {

    /** Largest first. */
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", 86_400_000L);
        UNITS.put("h", 3_600_000L);
        UNITS.put("m", 60_000L);
        UNITS.put("s", 1_000L);
        UNITS.put("ms", 1L);
    }

    public Window {
        if (width.toMillis() < 1 || delay.isNegative()) {
            throw new IllegalArgumentException(
                    "a window needs a width above 0 and a delay of at least 0, got " + width + " and " + delay);
        }
    }

    public static Window of(Duration width) {
        return new Window(width, Duration.ZERO);
    }

    public long widthMillis() {
        return width.toMillis();
    }

    public long delayMillis() {
        return delay.toMillis();
    }

    /** How long before an event another one may lie and still be seen: exclusive. */
    public long reachMillis() {
        return widthMillis() + delayMillis();
    }

    /** As names of aggregates write it: {@code 7d}, {@code 30d 7d ago}. */
    @Override
    public String toString() {
        return delay.isZero() ? text(width) : text(width) + " " + text(delay) + " ago";
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (millis % unit.getValue() == 0) {
                return millis / unit.getValue() + unit.getKey();
            }
        }
        throw new AssertionError("every duration is a whole number of milliseconds");
    }
}
