package dev.millrace.pipeline;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of several kinds with settings of its own: {@code adam}, or {@code adam: {learning-rate: 0.001}} as a mapping with
 * one key.
 */
final class Variant {

    private final String kind;
    private final @Nullable Place settings;

    private Variant(String kind, @Nullable Place settings) {
        this.kind = kind;
        this.settings = settings;
    }

    /** Null, and a problem, where it is none of {@code kinds}. */
    static @Nullable Variant of(Place place, Set<String> kinds) {
        String text = place.scalar();
        String rule = "must be one of " + String.join(", ", kinds);
        if (text != null) {
            if (!kinds.contains(text)) {
                place.problem(rule, Suggestion.remedy(text, kinds, "choose one of them"));
                return null;
            }
            return new Variant(text, null);
        }
        Section section = place.section("write one of " + String.join(", ", kinds));
        if (section == null) {
            return null;
        }
        Map<String, Place> entries = section.all();
        String kind = entries.size() == 1 ? entries.keySet().iterator().next() : "";
        if (!kinds.contains(kind)) {
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            String.join(", ", entries.keySet()),
                            rule,
                            entries.size() == 1
                                    ? Suggestion.remedy(kind, kinds, "choose one of them")
                                    : "write exactly one"));
            return null;
        }
        return new Variant(kind, entries.get(kind));
    }

    String kind() {
        return kind;
    }

    /** Null where none are written, or not as a mapping. */
    @Nullable
    Section settings() {
        return settings == null ? null : settings.section("write " + kind + ": {setting: value}");
    }
}
