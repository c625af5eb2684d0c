package dev.millrace.events;

/**
 * A label on its way to the aggregates of its event's entities and to the shard that scored it.
 *
 * @param eventTime event time of the labelled event, milliseconds since the epoch
 * @param time stream time of the label: the later of its own time and the event's
 * @param label class index or regression target
 * @param replaced the label that held until now; {@link Event#NO_LABEL} if there was none
 */
public record ResolvedLabel(
        EventId id,
        long eventTime,
        long time,
        LabelKind kind,
        float label,
        float replaced,
        int shard,
        EntityIds entities)
        implements ShardInput, AggregatesInput {

    /** Of an event that entered no aggregates. */
    public ResolvedLabel(
            EventId id, long eventTime, long time, LabelKind kind, float label, float replaced, int shard) {
        this(id, eventTime, time, kind, label, replaced, shard, EntityIds.NONE);
    }

    public boolean replacesLabel() {
        return !Float.isNaN(replaced);
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return time == eventTime ? RANK_LABEL_AT_EVENT : RANK_LATER_LABEL;
    }
}
