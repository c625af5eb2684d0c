package dev.millrace.connectors.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The declared paths of a JSON record as a tree of member names. */
final class PathNode {

    private final String name;
    private final Map<String, PathNode> children = new HashMap<>();
    private final List<FieldTarget> growing = new ArrayList<>();
    private FieldTarget[] fields = {};

    private PathNode(String name) {
        this.name = name;
    }

    static PathNode of(List<FieldTarget> targets) {
        PathNode root = new PathNode("");
        for (FieldTarget target : targets) {
            PathNode node = root;
            for (String key : target.layout().path()) {
                String path = node.name.isEmpty() ? key : node.name + "." + key;
                node = node.children.computeIfAbsent(key, unused -> new PathNode(path));
            }
            if (node == root) {
                throw new IllegalArgumentException("field '" + target.name() + "' has an empty path");
            }
            node.growing.add(target);
            node.fields = node.growing.toArray(FieldTarget[]::new);
        }
        return root;
    }

    /** Null for a member that nothing is declared of. */
    @Nullable
    PathNode child(String key) {
        return children.get(key);
    }

    boolean hasChildren() {
        return !children.isEmpty();
    }

    /** What is read of the value here; usually one field or none. */
    FieldTarget[] fields() {
        return fields;
    }

    /** The path from the root, with points. */
    String name() {
        return name;
    }
}
