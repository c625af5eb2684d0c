package dev.millrace.pipeline;

import dev.millrace.features.Gaps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code missing}, {@code indicator}, {@code range} and {@code outside}: what a number counts as that is not there. */
final class GapsReader {

    static final List<String> KEYS = List.of("missing", "indicator", "range", "outside");

    private static final double GREATEST = 1e15;

    private static final Map<String, Gaps.Outside> OUTSIDE = new LinkedHashMap<>();

    static {
        OUTSIDE.put("missing", Gaps.Outside.MISSING);
        OUTSIDE.put("clip", Gaps.Outside.CLIP);
    }

    private GapsReader() {}

    static boolean isStated(Section section) {
        return KEYS.stream().anyMatch(key -> section.optional(key) != null);
    }

    /** {@link Gaps#NONE} where nothing is stated; null only if a problem was found. */
    static @Nullable Gaps read(Section section) {
        Place missing = section.optional("missing");
        Place indicator = section.optional("indicator");
        Place range = section.optional("range");
        Place outside = section.optional("outside");
        double[] limits = readRange(range);
        Boolean indicated = indicator == null ? Boolean.FALSE : readSwitch(indicator);
        Gaps.Outside beyond = outside == null ? Gaps.NONE.outside() : outside.choice(OUTSIDE);
        boolean keepsMean = missing == null || missing.is("mean");
        double substitute = missing == null || keepsMean ? Double.NaN : readSubstitute(missing);
        if (outside != null && range == null) {
            outside.problem("makes sense with range only", "state the range, e.g. range: [0, 1000], or remove it");
            return null;
        }
        boolean complete = keepsMean || !Double.isNaN(substitute);
        return complete && limits != null && indicated != null && beyond != null
                ? new Gaps(limits[0], limits[1], beyond, substitute, indicated)
                : null;
    }

    private static @Nullable Boolean readSwitch(Place place) {
        if (place.is("true") || place.is("false")) {
            return place.is("true");
        }
        place.problem("must be true or false", "write true for an input that says where the value is missing");
        return null;
    }

    private static double readSubstitute(Place place) {
        if (!place.isNumber()) {
            place.problem("must be mean or a number", "write mean, or what a missing value counts as, e.g. 0");
            return Double.NaN;
        }
        return place.number(Double.NaN, Range.from(-GREATEST, GREATEST), "take another number, or write mean");
    }

    private static double @Nullable [] readRange(@Nullable Place place) {
        if (place == null) {
            return new double[] {Gaps.NONE.min(), Gaps.NONE.max()};
        }
        return place.interval("write the least and the greatest value, e.g. [0, 1000]");
    }
}
