package dev.millrace.events;

/**
 * One row for a model: what the featurizer makes of an event.
 *
 * <p>The arrays are shared, not copied: nobody changes them.
 */
public final class Example implements ShardInput {

    /** The ids of an example whose model has no embeddings. */
    public static final String[][] NO_IDS = {};

    private final EventId id;
    private final long time;
    private final int shard;
    private final float label;
    private final float weight;
    private final String reportingId;
    private final float[] dense;
    private final String[][] ids;

    /** Without embeddings. */
    public Example(EventId id, long time, int shard, float label, float weight, String reportingId, float[] dense) {
        this(id, time, shard, label, weight, reportingId, dense, NO_IDS);
    }

    /**
     * @param time event time, milliseconds since the epoch
     * @param label known at once; {@link Event#NO_LABEL} if it is still to come
     * @param weight factor of this row's loss, at least 0
     * @param reportingId what predictions are grouped by in reports (card, user); may be empty
     * @param dense inputs of the network that are numbers, not yet standardised
     * @param ids per embedding the ids whose rows are its inputs: one, several for a bag, none where they are missing
     */
    public Example(
            EventId id,
            long time,
            int shard,
            float label,
            float weight,
            String reportingId,
            float[] dense,
            String[][] ids) {
        this.id = id;
        this.time = time;
        this.shard = shard;
        this.label = label;
        this.weight = weight;
        this.reportingId = reportingId;
        this.dense = dense;
        this.ids = ids;
    }

    @Override
    public EventId id() {
        return id;
    }

    /** Event time, milliseconds since the epoch. */
    public long time() {
        return time;
    }

    @Override
    public int shard() {
        return shard;
    }

    public float label() {
        return label;
    }

    public boolean hasLabel() {
        return !Float.isNaN(label);
    }

    public float weight() {
        return weight;
    }

    public String reportingId() {
        return reportingId;
    }

    /** Not to be changed. */
    public float[] dense() {
        return dense;
    }

    /** Not to be changed. */
    public String[][] ids() {
        return ids;
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return RANK_EVENT;
    }

    @Override
    public String toString() {
        return "Example " + id + " at " + time + " of shard " + shard;
    }
}
