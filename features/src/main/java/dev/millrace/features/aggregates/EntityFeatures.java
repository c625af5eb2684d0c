package dev.millrace.features.aggregates;

import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that one kind of entity adds to its events.
 *
 * @param field whose value names the entity, read as a category: {@code customer_id}
 * @param aggregates in the order of the numbers; each once
 * @param history after the aggregates; null for none
 */
public record EntityFeatures(String field, List<Aggregate> aggregates, @Nullable History history)
        implements Serializable {

    public EntityFeatures {
        aggregates = List.copyOf(aggregates);
        if (aggregates.isEmpty() && history == null) {
            throw new IllegalArgumentException("entity '" + field + "' must add at least one aggregate or a history");
        }
        Set<Aggregate> different = new HashSet<>(aggregates);
        if (different.size() < aggregates.size()) {
            throw new IllegalArgumentException(
                    "aggregates of entity '" + field + "' must be different, got " + aggregates);
        }
    }

    /** Whether labels change anything: without that they need not come here. */
    public boolean readsLabels() {
        return aggregates.stream().anyMatch(Aggregate::readsLabels);
    }

    /** The numbers that are added to an event, in order: what the schema of the event gains. */
    public List<Field> addedFields() {
        List<Field> fields = new ArrayList<>();
        for (Aggregate aggregate : aggregates) {
            fields.add(new Field(aggregate.name(field), FieldType.NUMBER));
        }
        if (history != null) {
            for (int step = 1; step <= history.last(); step++) {
                List<String> names = history.names(field, step);
                fields.add(new Field(names.get(0), FieldType.BOOLEAN));
                names.stream().skip(1).forEach(name -> fields.add(new Field(name, FieldType.NUMBER)));
            }
        }
        return List.copyOf(fields);
    }
}
