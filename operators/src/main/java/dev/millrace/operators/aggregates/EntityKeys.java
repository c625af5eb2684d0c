package dev.millrace.operators.aggregates;

import dev.millrace.events.AggregatesInput;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.features.EntityFields;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/** Which entity of one kind an event or label belongs to. What belongs to none is spread by the event's id. */
public final class EntityKeys implements KeySelector<AggregatesInput, String> {

    private static final long serialVersionUID = 1L;

    private final EntityAggregatesOptions options;

    private transient @Nullable EntityFields fields;

    public EntityKeys(EntityAggregatesOptions options) {
        this.options = options;
    }

    @Override
    public String getKey(AggregatesInput input) {
        String entity = entityOf(input);
        return entity == null ? withoutEntity(input.id()) : entity;
    }

    /** Null where the event names no entity of this kind. */
    @Nullable
    String entityOf(AggregatesInput input) {
        if (input instanceof ResolvedLabel label) {
            return label.entities().id(options.kind());
        }
        if (fields == null) {
            fields = new EntityFields(
                    options.schema(), List.of(options.features().field()));
        }
        return fields.of((Event) input, 0);
    }

    /** No state lies under such a key, so it does not matter if an entity has the same name. */
    private static String withoutEntity(EventId id) {
        return "\u0000" + id;
    }
}
