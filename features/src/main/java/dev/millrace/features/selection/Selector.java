package dev.millrace.features.selection;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Tells which events are selected. Immutable, hence thread-safe. */
public final class Selector {

    private interface Test {
        boolean holds(Event event);
    }

    private final Test[] tests;

    /**
     * @param labelField the field whose value an event carries as its label; null: none
     * @throws IllegalArgumentException if a condition is of a field that there is not, or of another type
     */
    public Selector(EventSchema schema, @Nullable String labelField, Selection selection) {
        this.tests = selection.conditions().stream()
                .map(condition -> test(schema, labelField, condition))
                .toArray(Test[]::new);
    }

    public boolean selects(Event event) {
        for (Test test : tests) {
            if (!test.holds(event)) {
                return false;
            }
        }
        return true;
    }

    private static Test test(EventSchema schema, @Nullable String labelField, Condition condition) {
        if (condition instanceof Condition.OfText ofText) {
            int slot = textSlot(schema, ofText.field());
            Set<String> values = Set.copyOf(ofText.values());
            boolean among = ofText.among();
            return event -> {
                String text = event.text(slot);
                return text != null && values.contains(text) == among;
            };
        }
        if (condition instanceof Condition.OfNumber ofNumber) {
            ToDoubleFunction<Event> number = number(schema, labelField, ofNumber.field());
            double[] values =
                    ofNumber.values().stream().mapToDouble(Double::doubleValue).toArray();
            Condition.Relation relation = ofNumber.relation();
            return event -> relation.holds(number.applyAsDouble(event), values);
        }
        boolean present = ((Condition.Presence) condition).present();
        String field = condition.field();
        if (!field.equals(labelField) && !schema.type(field).isNumeric()) {
            int slot = textSlot(schema, field);
            return event -> (event.text(slot) != null) == present;
        }
        ToDoubleFunction<Event> number = number(schema, labelField, field);
        return event -> !Double.isNaN(number.applyAsDouble(event)) == present;
    }

    private static int textSlot(EventSchema schema, String field) {
        if (schema.type(field).isNumeric()) {
            throw new IllegalArgumentException("field '" + field + "' is " + schema.type(field) + ", not a text");
        }
        return schema.slot(field);
    }

    private static ToDoubleFunction<Event> number(EventSchema schema, @Nullable String labelField, String field) {
        if (field.equals(labelField)) {
            return Event::label;
        }
        if (!schema.type(field).isNumeric()) {
            throw new IllegalArgumentException("field '" + field + "' is " + schema.type(field) + ", not a number");
        }
        int slot = schema.slot(field);
        return event -> event.number(slot);
    }
}
