package dev.millrace.modelstate;

import dev.millrace.events.Example;
import java.util.Arrays;

/**
 * Labelled rows that wait for the next update of one shard. Rows are references to the inputs of examples, which nobody
 * changes; an empty mini-batch holds no arrays.
 */
public final class MiniBatch {

    private static final float[][] NO_ROWS = {};
    private static final String[][][] NO_IDS = {};
    private static final float[] NO_VALUES = {};
    private static final int FIRST_CAPACITY = 8;

    private float[][] inputs = NO_ROWS;
    private String[][][] ids = NO_IDS;
    private float[] labels = NO_VALUES;
    private float[] weights = NO_VALUES;
    private int rows;
    private long openedAt;
    private long newestLabelTime = Long.MIN_VALUE;

    public MiniBatch() {}

    MiniBatch(StoredBatch stored, int inputCount) {
        rows = stored.labels().length;
        inputs = new float[rows][];
        for (int row = 0; row < rows; row++) {
            inputs[row] = Arrays.copyOfRange(stored.inputs(), row * inputCount, (row + 1) * inputCount);
        }
        ids = stored.ids().length == rows ? stored.ids().clone() : noIds(rows);
        labels = stored.labels().clone();
        weights = stored.weights().clone();
        openedAt = stored.openedAt();
        newestLabelTime = stored.newestLabelTime();
    }

    /** A row of a model without embeddings. */
    public void add(float[] row, float label, float weight, long labelTime) {
        add(row, Example.NO_IDS, label, weight, labelTime);
    }

    /**
     * @param row raw inputs, kept by reference
     * @param rowIds of each embedding, kept by reference
     * @param labelTime stream time of the label, milliseconds since the epoch
     */
    public void add(float[] row, String[][] rowIds, float label, float weight, long labelTime) {
        if (rows == inputs.length) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * rows);
            inputs = Arrays.copyOf(inputs, capacity);
            ids = Arrays.copyOf(ids, capacity);
            labels = Arrays.copyOf(labels, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
        if (rows == 0) {
            openedAt = labelTime;
        }
        inputs[rows] = row;
        ids[rows] = rowIds;
        labels[rows] = label;
        weights[rows] = weight;
        rows++;
        newestLabelTime = Math.max(newestLabelTime, labelTime);
    }

    public void clear() {
        inputs = NO_ROWS;
        ids = NO_IDS;
        labels = NO_VALUES;
        weights = NO_VALUES;
        rows = 0;
        newestLabelTime = Long.MIN_VALUE;
    }

    public int rows() {
        return rows;
    }

    /** Raw inputs of one row. */
    public float[] input(int row) {
        return inputs[row];
    }

    /** Of each embedding the ids of one row. */
    public String[][] ids(int row) {
        return ids[row];
    }

    /** Live; the first {@link #rows} count. */
    public float[] labels() {
        return labels;
    }

    /** Live; the first {@link #rows} count. */
    public float[] weights() {
        return weights;
    }

    /** Stream time of the first row, milliseconds since the epoch; without meaning while there is none. */
    public long openedAt() {
        return openedAt;
    }

    /** {@link Long#MIN_VALUE} while there is no row. */
    public long newestLabelTime() {
        return newestLabelTime;
    }

    StoredBatch store(int inputCount) {
        float[] flat = new float[rows * inputCount];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(inputs[row], 0, flat, row * inputCount, inputCount);
        }
        return new StoredBatch(
                openedAt,
                newestLabelTime,
                flat,
                Arrays.copyOf(labels, rows),
                Arrays.copyOf(weights, rows),
                Arrays.copyOf(ids, rows));
    }

    /** Of a mini-batch that was stored before there were embeddings. */
    private static String[][][] noIds(int rows) {
        String[][][] none = new String[rows][][];
        Arrays.fill(none, Example.NO_IDS);
        return none;
    }
}
