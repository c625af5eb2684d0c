package dev.millrace.pipeline;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A mapping of the file while it is read. What nobody has asked for when it is closed is an unknown key; what was asked
 * for is what its writer may have meant.
 */
final class Section implements AutoCloseable {

    private final Place place;
    private final Map<String, Place> entries = new LinkedHashMap<>();
    private final Map<String, Problem> unknown = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private Section(Place place, MappingNode mapping) {
        this.place = place;
        for (NodeTuple entry : mapping.getValue()) {
            Place key = new Place(entry.getKeyNode(), place.path(), place.problems());
            if (!(entry.getKeyNode() instanceof ScalarNode name)) {
                key.problem("must have texts as keys", "write key: value");
                continue;
            }
            Place value = place.at(name.getValue(), entry.getValueNode());
            if (entries.putIfAbsent(name.getValue(), value) != null) {
                place.problems()
                        .add(new Problem(
                                value.path(), key.line(), null, "must be written once", "remove one of the two"));
            } else {
                unknown.put(name.getValue(), new Problem(value.path(), key.line(), null, "is not a known key", ""));
            }
        }
    }

    /** Null, and a problem, where there is no mapping. */
    static @Nullable Section of(Place place, String remedy) {
        MappingNode mapping = place.mapping();
        if (mapping == null) {
            place.problem("must be a mapping", remedy);
            return null;
        }
        return new Section(place, mapping);
    }

    Place place() {
        return place;
    }

    /** Null where the key is not written. */
    @Nullable
    Place optional(String key) {
        known.add(key);
        return entries.get(key);
    }

    /** Null, and a problem, where the key is not written. */
    @Nullable
    Place required(String key, String remedy) {
        Place value = optional(key);
        if (value == null) {
            place.problems().add(new Problem(place.pathOf(key), place.line(), null, "must be stated", remedy));
        }
        return value;
    }

    /** A key that has no place here. Whether it is written. */
    boolean refuse(String key, String rule, String remedy) {
        Place value = entries.get(key);
        if (value == null) {
            return false;
        }
        known.add(key);
        place.problems().addWithoutValue(value, rule, remedy);
        return true;
    }

    /** A key of a later release. Whether it is written. */
    boolean later(String key, String remedy) {
        return refuse(key, "is not supported by this release", remedy);
    }

    /** Every entry, whatever its key. */
    Map<String, Place> all() {
        known.addAll(entries.keySet());
        return entries;
    }

    /** Of a section that is refused as a whole: none of its keys is worth a second problem. */
    void ignoreRest() {
        known.addAll(entries.keySet());
    }

    @Override
    public void close() {
        Set<String> candidates = new LinkedHashSet<>(known);
        candidates.removeAll(entries.keySet());
        unknown.forEach((key, problem) -> {
            if (!known.contains(key)) {
                place.problems()
                        .add(new Problem(
                                problem.path(),
                                problem.line(),
                                null,
                                problem.rule(),
                                candidates.isEmpty() ? "remove it" : Suggestion.remedy(key, candidates)));
            }
        });
    }
}
