package dev.millrace.modelstate;

/** What befell the rows of one embedding table, since the task began. Others may read, and see a count that is a little old. */
public final class EmbeddingCounts {

    long created;
    long admitted;
    long unadmitted;
    long expired;
    long clashes;
    long loaded;

    EmbeddingCounts() {}

    /** Ids that got an entry in state, if only to be counted. */
    public long created() {
        return created;
    }

    /** Ids that got a row of their own. */
    public long admitted() {
        return admitted;
    }

    /** Uses of ids that are not admitted yet. */
    public long unadmitted() {
        return unadmitted;
    }

    /** Entries dropped because no event named them for long. */
    public long expired() {
        return expired;
    }

    /** Uses of an id whose hash is that of another one's row: it counts as unknown. */
    public long clashes() {
        return clashes;
    }

    /** Rows read from state because they were not live. */
    public long loaded() {
        return loaded;
    }
}
