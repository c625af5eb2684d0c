package dev.millrace.events;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * The declared fields of an event and the slot each is stored in.
 *
 * <p>Numeric fields (number, boolean, timestamp) share one array of doubles, the others one array of texts; both in the
 * order of declaration. A slot is looked up once, when an operator is built, never per record.
 */
public final class EventSchema implements Serializable {

    private final List<Field> fields;
    private final HashMap<String, Integer> slots = new HashMap<>();
    private final int numberCount;
    private final int textCount;
    private final int declaredCount;

    public EventSchema(List<Field> fields) {
        this(fields, fields.size());
    }

    private EventSchema(List<Field> fields, int declaredCount) {
        this.fields = List.copyOf(fields);
        this.declaredCount = declaredCount;
        int numbers = 0;
        int texts = 0;
        for (Field field : fields) {
            int slot = field.type().isNumeric() ? numbers++ : texts++;
            if (slots.put(field.name(), slot) != null) {
                throw new IllegalArgumentException("field '" + field.name() + "' is declared twice");
            }
        }
        this.numberCount = numbers;
        this.textCount = texts;
    }

    /**
     * The schema of events that numbers were added to on their way, see {@link Event#withNumbers}.
     *
     * @param more numeric fields, in the order of the numbers
     */
    public EventSchema with(List<Field> more) {
        for (Field field : more) {
            if (!field.type().isNumeric()) {
                throw new IllegalArgumentException(
                        "field '" + field.name() + "' is added to events as a number, but is of type " + field.type());
            }
        }
        List<Field> all = new ArrayList<>(fields);
        all.addAll(more);
        return new EventSchema(all, declaredCount);
    }

    /**
     * The schema of events that fields of side tables were joined to, see {@link Event#joined}. They are declared like those
     * of the record: the pipeline names them, and their gaps are gaps of data.
     *
     * @param more of any type, in the order of their values
     * @throws IllegalArgumentException if numbers were added before
     */
    public EventSchema joined(List<Field> more) {
        if (declaredCount < fields.size()) {
            throw new IllegalArgumentException(
                    "fields of side tables must come before added numbers, of which there are "
                            + (fields.size() - declaredCount));
        }
        List<Field> all = new ArrayList<>(fields);
        all.addAll(more);
        return new EventSchema(all);
    }

    /** The fields of the record and of side tables, without the numbers that were added on the way. */
    public List<Field> declaredFields() {
        return fields.subList(0, declaredCount);
    }

    /** In the order of declaration. */
    public List<Field> fields() {
        return fields;
    }

    /** Length of an event's array of numbers. */
    public int numberCount() {
        return numberCount;
    }

    /** Length of an event's array of texts. */
    public int textCount() {
        return textCount;
    }

    public boolean has(String name) {
        return slots.containsKey(name);
    }

    /** Index into {@link Event#number} or {@link Event#text}, by the type of the field. */
    public int slot(String name) {
        Integer slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("no field '" + name + "' among " + slots.keySet());
        }
        return slot;
    }

    public FieldType type(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no field '" + name + "' among " + slots.keySet()))
                .type();
    }
}
