package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The declared fields of a record, for whatever refers to them by name. */
final class Fields {

    /** In the order of declaration; empty where the declaration has a problem of its own. */
    private final Map<String, Optional<FieldLayout>> declared;
    /** False where they could not be read: then no reference is wrong. */
    private final boolean readable;
    /** The field that holds the label; null where none does. */
    private final @Nullable String label;
    /** Whether that is known once the event is scored. */
    private final boolean labelAtOnce;

    private Fields(
            Map<String, Optional<FieldLayout>> declared,
            boolean readable,
            @Nullable String label,
            boolean labelAtOnce) {
        this.declared = declared;
        this.readable = readable;
        this.label = label;
        this.labelAtOnce = labelAtOnce;
    }

    static Fields of(Map<String, Optional<FieldLayout>> declared) {
        return new Fields(new LinkedHashMap<>(declared), true, null, false);
    }

    static Fields unreadable() {
        return new Fields(Map.of(), false, null, false);
    }

    /**
     * The same fields, of which one must not be used.
     *
     * @param atOnce whether it is known once its event is scored
     */
    Fields withoutLabel(@Nullable String labelField, boolean atOnce) {
        return new Fields(declared, readable, labelField, atOnce);
    }

    /** Whether the events hold their label, which is known once they are scored. */
    boolean areLabelsKnownAtOnce() {
        return labelAtOnce;
    }

    /** The same fields under longer names. */
    Fields prefixed(String prefix) {
        Map<String, Optional<FieldLayout>> renamed = new LinkedHashMap<>();
        declared.forEach((name, field) -> renamed.put(
                prefix + name,
                field.map(layout -> new FieldLayout(prefix + name, layout.type(), layout.path(), layout.timestamp()))));
        return new Fields(renamed, readable, null, false);
    }

    /**
     * These fields and others; of two of a name these, and a problem.
     *
     * @param place where the others are declared
     */
    Fields and(Fields others, Place place) {
        Map<String, Optional<FieldLayout>> all = new LinkedHashMap<>(declared);
        others.declared.forEach((name, field) -> {
            if (all.putIfAbsent(name, field) != null) {
                place.named(name).problem("must not bring a field that the events have", "rename one of the two");
            }
        });
        return new Fields(all, readable && others.readable, label, labelAtOnce);
    }

    List<FieldLayout> layouts() {
        List<FieldLayout> layouts = new ArrayList<>();
        declared.values().forEach(field -> field.ifPresent(layouts::add));
        return layouts;
    }

    /** Whether there is a field of this name, whatever its declaration is worth. */
    boolean has(String name) {
        return declared.containsKey(name);
    }

    /** The declared field that {@code place} names and that has one of {@code types}; null, and a problem, otherwise. */
    @Nullable
    FieldLayout layout(Place place, Set<FieldType> types) {
        String name = place.text("write the name of a declared field");
        if (name == null || !readable) {
            return null;
        }
        if (name.equals(label)) {
            place.problem("must not be the label, which nobody knows when an event is scored", "take another field");
            return null;
        }
        Optional<FieldLayout> field = declared.get(name);
        if (field == null) {
            place.problem("must be one of the declared fields", Suggestion.remedy(name, declared.keySet()));
            return null;
        }
        if (field.isPresent() && !types.contains(field.get().type())) {
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            written(field.get().type()) + " '" + name + "'",
                            "must be a field of type "
                                    + types.stream().map(Fields::written).collect(Collectors.joining(" or ")),
                            "declare it so, or take another field"));
            return null;
        }
        return field.orElse(null);
    }

    /** As {@link #layout}, its name alone. */
    @Nullable
    String name(Place place, Set<FieldType> types) {
        FieldLayout layout = layout(place, types);
        return layout == null ? null : layout.name();
    }

    static String written(FieldType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
