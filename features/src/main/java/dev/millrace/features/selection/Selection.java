package dev.millrace.features.selection;

import java.io.Serializable;
import java.util.List;

/**
 * The events that a pipeline is about.
 *
 * @param text as it was written, for people
 * @param conditions at least one; an event is selected if all hold
 */
public record Selection(String text, List<Condition> conditions) implements Serializable {

    public Selection {
        conditions = List.copyOf(conditions);
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a selection must have a condition; leave it out to select all events");
        }
    }
}
