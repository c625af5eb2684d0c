package dev.millrace.operators.learner;

import dev.millrace.events.Example;
import dev.millrace.events.StableHash;
import dev.millrace.modelstate.EmbeddingStore;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.modelstate.LiveRow;
import dev.millrace.networks.embeddings.Admission;
import dev.millrace.networks.embeddings.EmbeddingSlot;
import dev.millrace.networks.embeddings.EmbeddingSlot.Absent;
import dev.millrace.networks.embeddings.EmbeddingSlot.Pooling;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the inputs of the network together: the numbers of an example, standardised, and the rows of its ids, pooled. The gradient
 * with respect to the inputs goes back the same way.
 */
final class InputRows {

    /** Of rows that stand for several ids; such an id is written by nobody. */
    private static final String MISSING = "\u001fmissing";

    private static final String RARE = "\u001frare";
    private static final long EVENT_SEED = 0x6576656E74L;

    private final EmbeddingStore store;
    private final EmbeddingSlot[] slots;
    private final int[] dimensions;
    /** Where each number stands among the inputs. */
    private final int[] places;

    private final float[] numbers;
    /** Else nobody asks which event it is. */
    private final boolean admitsByChance;

    /** What was read since the last {@link #beginBatch}, one entry per row and slot it stands in. */
    private Reading[] readings = new Reading[64];

    private int readingCount;

    private static final class Reading {
        private @Nullable LiveRow row;
        private int table;
        private int offset;
        private float factor;
    }

    /** @param inputs of the network */
    InputRows(int inputs, EmbeddingSpec spec, EmbeddingStore store) {
        this.store = store;
        this.slots = spec.slots().toArray(EmbeddingSlot[]::new);
        this.dimensions = spec.slots().stream()
                .mapToInt(slot -> spec.tableOf(slot).dimensions())
                .toArray();
        BitSet embedded = new BitSet(inputs);
        for (int i = 0; i < slots.length; i++) {
            embedded.set(slots[i].offset(), slots[i].offset() + dimensions[i]);
        }
        this.places =
                IntStream.range(0, inputs).filter(input -> !embedded.get(input)).toArray();
        this.numbers = new float[places.length];
        this.admitsByChance = spec.tables().stream().anyMatch(table -> table.admission() instanceof Admission.Chance);
    }

    boolean hasEmbeddings() {
        return slots.length > 0;
    }

    /** Writes the inputs of an example that happens: its ids are used. */
    void use(LiveModel model, Example example, float[] inputs) throws Exception {
        writeNumbers(model, example.dense(), inputs, 0);
        if (slots.length == 0) {
            return;
        }
        long event = admitsByChance ? StableHash.of(example.id().toString(), EVENT_SEED) : 0;
        for (int i = 0; i < slots.length; i++) {
            EmbeddingSlot slot = slots[i];
            int offset = slot.offset();
            Arrays.fill(inputs, offset, offset + dimensions[i], 0);
            String[] ids = example.ids()[i];
            if (ids.length == 0 && slot.missing() == Absent.SHARED) {
                add(store.useShared(model.shard(), slot.table(), MISSING, example.time()), inputs, offset, 1);
            }
            float factor = factor(slot, ids);
            for (String id : ids) {
                LiveRow row = store.use(model.shard(), slot.table(), id, example.time(), event);
                if (row == null && slot.rare() == Absent.SHARED) {
                    row = store.useShared(model.shard(), slot.table(), RARE, example.time());
                }
                add(row, inputs, offset, factor);
            }
        }
    }

    /** Forgets what the last mini-batch read. */
    void beginBatch() {
        for (int i = 0; i < readingCount; i++) {
            readings[i].row = null;
        }
        readingCount = 0;
    }

    /** Writes the inputs of a row of a mini-batch from {@code start} on, and remembers which rows they are. */
    void read(LiveModel model, float[] dense, String[][] ids, float[] inputs, int start) throws Exception {
        writeNumbers(model, dense, inputs, start);
        for (int i = 0; i < slots.length; i++) {
            EmbeddingSlot slot = slots[i];
            int offset = start + slot.offset();
            Arrays.fill(inputs, offset, offset + dimensions[i], 0);
            if (ids[i].length == 0 && slot.missing() == Absent.SHARED) {
                remember(store.find(slot.table(), MISSING), slot.table(), inputs, offset, 1);
            }
            float factor = factor(slot, ids[i]);
            for (String id : ids[i]) {
                LiveRow row = store.find(slot.table(), id);
                if (row == null && slot.rare() == Absent.SHARED) {
                    row = store.find(slot.table(), RARE);
                }
                remember(row, slot.table(), inputs, offset, factor);
            }
        }
    }

    /**
     * Lets the rows that the mini-batch read learn.
     *
     * @param gradients of the mean loss with respect to the inputs, which {@link #read} wrote
     * @param rows of the mini-batch
     */
    void learn(float[] gradients, int rows) {
        for (int i = 0; i < readingCount; i++) {
            Reading reading = readings[i];
            LiveRow row = reading.row;
            if (row != null) {
                store.addGradient(reading.table, row, gradients, reading.offset, reading.factor * rows);
            }
        }
        store.learn();
    }

    private void writeNumbers(LiveModel model, float[] dense, float[] inputs, int start) {
        if (slots.length == 0) {
            model.scaler().apply(dense, inputs, start);
            return;
        }
        model.scaler().apply(dense, numbers, 0);
        for (int i = 0; i < places.length; i++) {
            inputs[start + places[i]] = numbers[i];
        }
    }

    private static float factor(EmbeddingSlot slot, String[] ids) {
        return slot.pooling() == Pooling.MEAN && ids.length > 1 ? 1f / ids.length : 1;
    }

    private void remember(@Nullable LiveRow row, int table, float[] inputs, int offset, float factor) {
        if (row == null) {
            return;
        }
        if (readingCount == readings.length) {
            readings = Arrays.copyOf(readings, 2 * readingCount);
        }
        Reading reading = readings[readingCount];
        if (reading == null) {
            reading = new Reading();
            readings[readingCount] = reading;
        }
        readingCount++;
        reading.row = row;
        reading.table = table;
        reading.offset = offset;
        reading.factor = factor;
        add(row, inputs, offset, factor);
    }

    private static void add(@Nullable LiveRow row, float[] inputs, int offset, float factor) {
        if (row != null) {
            float[] values = row.values();
            for (int i = 0; i < values.length; i++) {
                inputs[offset + i] += factor * values[i];
            }
        }
    }
}
