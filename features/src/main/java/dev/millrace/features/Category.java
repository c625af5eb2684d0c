package dev.millrace.features;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field as a category, that is as text.
 *
 * <p>A field of numbers reads as the text of its value, whole ones without a fraction: {@code 7.0} is {@code 7}, so that
 * an id is the same category whether it was declared an {@code id} or a {@code number}.
 */
public final class Category {

    private static final double LEAST_INEXACT_INTEGER = 0x1p53;

    private final boolean numeric;
    private final int slot;

    public Category(EventSchema schema, String field) {
        this.numeric = schema.type(field).isNumeric();
        this.slot = schema.slot(field);
    }

    /** Null where the value is missing. */
    public @Nullable String of(Event event) {
        if (!numeric) {
            return event.text(slot);
        }
        double value = event.number(slot);
        if (Double.isNaN(value)) {
            return null;
        }
        return value == Math.rint(value) && Math.abs(value) < LEAST_INEXACT_INTEGER
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
