package dev.millrace.events;

/**
 * What the label router remembers of an event: when it was, which shard learns from it and whose aggregates it enters.
 *
 * @param recordedLabel a label that came with the event and is played back at {@code labelTime};
 *     {@link Event#NO_LABEL} if labels come on a stream of their own
 * @param labelTime milliseconds since the epoch; without meaning if there is no recorded label
 */
public record RoutedEvent(EventId id, long time, int shard, EntityIds entities, float recordedLabel, long labelTime)
        implements RouterInput {

    /** Of an event that enters no aggregates. */
    public RoutedEvent(EventId id, long time, int shard, float recordedLabel, long labelTime) {
        this(id, time, shard, EntityIds.NONE, recordedLabel, labelTime);
    }

    public boolean hasRecordedLabel() {
        return !Float.isNaN(recordedLabel);
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return RANK_EVENT;
    }
}
