package dev.millrace.pipeline;

import dev.millrace.events.Field;
import dev.millrace.events.FieldLayout;
import java.io.Serializable;
import java.util.List;

/**
 * A side table: rows of a file that join events.
 *
 * @param name begins the names of its fields
 * @param file CSV with a header line, gzipped if its name ends in {@code .gz}; a path from the working directory
 * @param key the column that names a row
 * @param of the field of the events that names an event's row
 * @param fields what is read of a row, in the order of declaration, named {@code table.field}; the path is the column
 */
public record TableSource(String name, String file, String key, String of, List<FieldLayout> fields)
        implements Serializable {

    public TableSource {
        fields = List.copyOf(fields);
    }

    /** What joins an event. */
    public List<Field> joinedFields() {
        return fields.stream()
                .map(field -> new Field(field.name(), field.type()))
                .toList();
    }

    /** The same of another file. */
    public TableSource withFile(String other) {
        return new TableSource(name, other, key, of, fields);
    }
}
