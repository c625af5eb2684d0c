package dev.millrace.modelstate;

import org.jspecify.annotations.Nullable;

/** An embedding row between two snapshots: live arrays that are learned in place. State holds copies of them. */
public final class LiveRow {

    private static final float[] NO_VALUES = {};

    /** Whether it is among those that the {@link EmbeddingStore} has still to write. */
    boolean changed;

    final Object key;
    final RowName name;
    private final String id;
    private long occurrences;
    private long lastUse;
    private long updates;
    private float[] values;
    private float[] slots;

    private float @Nullable [] gradient;

    LiveRow(Object key, RowName name, String id) {
        this.key = key;
        this.name = name;
        this.id = id;
        this.lastUse = Long.MIN_VALUE;
        this.values = NO_VALUES;
        this.slots = NO_VALUES;
    }

    LiveRow(Object key, RowName name, StoredRow stored, int slotCount) {
        this.key = key;
        this.name = name;
        this.id = stored.id();
        this.occurrences = stored.occurrences();
        this.lastUse = stored.lastUse();
        this.values = stored.values().clone();
        // Slots of another optimiser mean nothing to this one, which begins anew with the values as they are.
        boolean fits = stored.slots().length == slotCount || values.length == 0;
        this.slots = fits ? stored.slots().clone() : new float[slotCount];
        this.updates = fits ? stored.updates() : 0;
    }

    StoredRow store() {
        return new StoredRow(id, occurrences, lastUse, updates, values.clone(), slots.clone());
    }

    String id() {
        return id;
    }

    long occurrences() {
        return occurrences;
    }

    long lastUse() {
        return lastUse;
    }

    /** Whether it has values; else its id is only counted. */
    boolean isAdmitted() {
        return values.length > 0;
    }

    void countUse(long time) {
        occurrences++;
        lastUse = Math.max(lastUse, time);
    }

    void admit(float[] initial, int slotCount) {
        values = initial;
        slots = new float[slotCount];
    }

    /** Live, not to be changed but by the store. */
    public float[] values() {
        return values;
    }

    float[] slots() {
        return slots;
    }

    long nextUpdate() {
        return ++updates;
    }

    /** Where the gradient of a mini-batch is summed; null between two mini-batches. */
    float @Nullable [] gradient() {
        return gradient;
    }

    void setGradient(float @Nullable [] sum) {
        gradient = sum;
    }
}
