package dev.millrace.pipeline;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a pipeline file writes durations: a whole number and a unit, {@code 500ms}, {@code 5s}, {@code 90m}, {@code 7d}. */
final class Durations {

    static final String RULE = "must be a duration: a whole number and a unit of ms, s, m, h or d";

    /** A century: more is a slip, and sums of two stay far from the ends of a long. */
    private static final Duration MOST = Duration.ofDays(36_500);

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    /** Smallest first. */
    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("ms", Duration.ofMillis(1));
        UNITS.put("s", Duration.ofSeconds(1));
        UNITS.put("m", Duration.ofMinutes(1));
        UNITS.put("h", Duration.ofHours(1));
        UNITS.put("d", Duration.ofDays(1));
    }

    private Durations() {}

    /** Null where the text is no duration or longer than a century. */
    static @Nullable Duration parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
        Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
        return duration.compareTo(MOST) > 0 ? null : duration;
    }

    /** In the largest unit that divides it. */
    static String text(Duration duration) {
        String text = duration.toMillis() + "ms";
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long millis = unit.getValue().toMillis();
            if (!duration.isZero() && duration.toMillis() % millis == 0) {
                text = duration.toMillis() / millis + unit.getKey();
            }
        }
        return text;
    }
}
