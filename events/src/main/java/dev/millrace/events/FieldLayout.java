package dev.millrace.events;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a record holds a field and how it writes it.
 *
 * @param path the keys that lead to the value in JSON, outermost first; a single column name in CSV
 * @param timestamp how an instant is written; null for every other type
 */
public record FieldLayout(String name, FieldType type, List<String> path, @Nullable TimestampFormat timestamp)
        implements Serializable {
    public FieldLayout {
        path = List.copyOf(path);
    }
}
