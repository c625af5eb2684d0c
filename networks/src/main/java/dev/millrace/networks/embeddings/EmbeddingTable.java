package dev.millrace.networks.embeddings;

import dev.millrace.networks.Seeds;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one kind: all ids that share a meaning, whichever field of an event names them.
 *
 * @param name identifies the rows in state
 * @param dimensions values per row, at least 1
 * @param initialBound a fresh row is uniform in (−bound, bound); 0: all zeros
 * @param l2 λ: adds λ·θ to the gradient of every row that a mini-batch shows; at least 0
 * @param expireAfter event time without an event after which a row is dropped; null: never
 */
public record EmbeddingTable(
        String name,
        int dimensions,
        float initialBound,
        RowOptimizer optimizer,
        float l2,
        Admission admission,
        @Nullable Duration expireAfter)
        implements Serializable {

    public static final int MOST_DIMENSIONS = 4_096;
    public static final float DEFAULT_INITIAL_BOUND = 0.05f;

    public EmbeddingTable {
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("embedding dimensions must be 1 to " + MOST_DIMENSIONS + ", got "
                    + dimensions + "; 8 to 64 are usual");
        }
        if (!(initialBound >= 0 && initialBound <= 10)) {
            throw new IllegalArgumentException(
                    "embedding initial must be between 0 and 10, got " + initialBound + "; leave it out");
        }
        if (!(l2 >= 0 && l2 <= 1)) {
            throw new IllegalArgumentException("embedding l2 must be between 0 and 1, got " + l2 + "; 0 leaves it out");
        }
    }

    public int slots() {
        return optimizer.slots(dimensions);
    }

    /**
     * A fresh row: a pure function of both.
     *
     * @param seed of the model's shard
     * @param id hash of the id
     */
    public float[] initialRow(long seed, long id) {
        float[] row = new float[dimensions];
        if (initialBound > 0) {
            long ofRow = Seeds.mix(seed, id);
            for (int i = 0; i < dimensions; i++) {
                double unit = ((Seeds.mix(ofRow, i) >>> 11) + 0.5) * 0x1p-53;
                row[i] = (float) ((2 * unit - 1) * initialBound);
            }
        }
        return row;
    }

    /**
     * Updates a row.
     *
     * @param gradient of the sum, not the mean, of the losses of a mini-batch's rows: so a row learns as much from an event
     *     in a large mini-batch as in a small one. Spoiled
     * @param update number of this update of this row, starting at 1
     */
    public void learn(float[] row, float[] slots, float[] gradient, long update) {
        if (l2 > 0) {
            for (int i = 0; i < dimensions; i++) {
                gradient[i] += l2 * row[i];
            }
        }
        optimizer.apply(row, slots, gradient, update);
    }
}
