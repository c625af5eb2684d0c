package dev.millrace.connectors.format;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of one declared field goes.
 *
 * @param index place among the declared fields
 * @param slot in the event's numbers or texts, by type; negative for the label, which an event does not keep as a field
 * @param isId whether it identifies the event
 * @param isTime whether it is the time of the event
 * @param isWeight whether it is the weight of the row in training, which is never negative
 * @param instants reads the value of a timestamp; null for every other type
 */
record FieldTarget(
        int index,
        FieldLayout layout,
        int slot,
        boolean isId,
        boolean isTime,
        boolean isLabel,
        boolean isWeight,
        @Nullable InstantReader instants) {

    String name() {
        return layout.name();
    }

    FieldType type() {
        return layout.type();
    }
}
