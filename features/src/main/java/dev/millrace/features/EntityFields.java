package dev.millrace.features;

import dev.millrace.events.EntityIds;
import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the entities that an event belongs to: one field, read as a category, per kind of entity. */
public final class EntityFields {

    private final Category[] kinds;

    /** @param fields one per kind, in the order in which their aggregates are added */
    public EntityFields(EventSchema schema, List<String> fields) {
        this.kinds = fields.stream().map(field -> new Category(schema, field)).toArray(Category[]::new);
    }

    public EntityIds of(Event event) {
        @Nullable String[] ids = new String[kinds.length];
        for (int kind = 0; kind < kinds.length; kind++) {
            ids[kind] = kinds[kind].of(event);
        }
        return EntityIds.of(ids);
    }

    /** Null where the event names no entity of this kind. */
    public @Nullable String of(Event event, int kind) {
        return kinds[kind].of(event);
    }
}
