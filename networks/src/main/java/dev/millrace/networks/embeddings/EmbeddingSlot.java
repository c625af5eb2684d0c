package dev.millrace.networks.embeddings;

import java.io.Serializable;

/**
 * Inputs of a network that are rows of a table, looked up by the ids of an event.
 *
 * @param name of the feature
 * @param table index of the table
 * @param offset of the first of the table's dimensions among the inputs of the network
 * @param pooling what becomes of the rows of several ids
 * @param missing what stands for an event without an id
 * @param rare what stands for an id without a row of its own
 */
public record EmbeddingSlot(String name, int table, int offset, Pooling pooling, Absent missing, Absent rare)
        implements Serializable {

    /** Of a bag's rows. */
    public enum Pooling {
        MEAN,
        SUM
    }

    /** What there is instead of an id's row. */
    public enum Absent {
        /** Zeros, which learn nothing. */
        ZEROS,
        /** A row that is learned, shared by all such events. */
        SHARED
    }
}
