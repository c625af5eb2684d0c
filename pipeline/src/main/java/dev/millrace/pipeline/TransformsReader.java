package dev.millrace.pipeline;

import dev.millrace.features.Transform;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code transform}: what is done to a number, in order. */
final class TransformsReader {

    private static final Set<String> KINDS = new LinkedHashSet<>(List.of("log1p", "clip"));

    private TransformsReader() {}

    /** At least one; null only if a problem was found. */
    static @Nullable List<Transform> read(Place place) {
        List<Transform> transforms = new ArrayList<>();
        List<Place> items = place.items("list transforms in their order, e.g. [log1p]");
        for (Place item : items) {
            Transform transform = transform(item);
            if (transform != null) {
                transforms.add(transform);
            }
        }
        return items.isEmpty() || transforms.size() < items.size() ? null : List.copyOf(transforms);
    }

    private static @Nullable Transform transform(Place place) {
        Variant variant = Variant.of(place, KINDS);
        if (variant == null) {
            return null;
        }
        if (variant.kind().equals("log1p")) {
            if (place.isMapping()) {
                place.problem("log1p has no settings", "write log1p");
            }
            return new Transform.Log1p();
        }
        return clip(place, variant);
    }

    private static @Nullable Transform clip(Place place, Variant variant) {
        String remedy = "write {clip: {min: 0, max: 1000}}, or one of the two";
        if (place.isScalar()) {
            place.problem("clip must have min or max", remedy);
            return null;
        }
        try (Section settings = variant.settings()) {
            if (settings == null) {
                return null;
            }
            Place minPlace = settings.optional("min");
            Place maxPlace = settings.optional("max");
            double min = minPlace == null ? Double.NEGATIVE_INFINITY : minPlace.number(Double.NaN, Range.any(), remedy);
            double max = maxPlace == null ? Double.POSITIVE_INFINITY : maxPlace.number(Double.NaN, Range.any(), remedy);
            if (minPlace == null && maxPlace == null) {
                place.problems().addWithoutValue(settings.place(), "must have min or max", remedy);
                return null;
            }
            if (min >= max && maxPlace != null) {
                maxPlace.problem("must be above min (" + min + ")", "exchange or widen the two");
            }
            return min < max ? new Transform.Clip(min, max) : null;
        }
    }
}
