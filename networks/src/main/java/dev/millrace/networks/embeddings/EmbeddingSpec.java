package dev.millrace.networks.embeddings;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The embeddings of a model.
 *
 * @param tables no two of the same name
 * @param slots in the order of an example's ids; the inputs that none of them brings are numbers
 */
public record EmbeddingSpec(List<EmbeddingTable> tables, List<EmbeddingSlot> slots) implements Serializable {

    public static final EmbeddingSpec NONE = new EmbeddingSpec(List.of(), List.of());

    public EmbeddingSpec {
        tables = List.copyOf(tables);
        slots = List.copyOf(slots);
        Set<String> names = new HashSet<>();
        for (EmbeddingTable table : tables) {
            if (!names.add(table.name())) {
                throw new IllegalArgumentException(
                        "embedding table '" + table.name() + "' exists already; give one of the two another name");
            }
        }
    }

    public boolean isEmpty() {
        return slots.isEmpty();
    }

    public EmbeddingTable tableOf(EmbeddingSlot slot) {
        return tables.get(slot.table());
    }

    /** Inputs that are no numbers of an event. */
    public int embeddedInputs() {
        return slots.stream().mapToInt(slot -> tableOf(slot).dimensions()).sum();
    }
}
