package dev.millrace.events;

/**
 * A label as it was read from its own stream: it names its event and knows nothing else of it.
 *
 * @param time when the label became known, milliseconds since the epoch
 * @param label class index or regression target
 */
public record LabelRecord(EventId id, long time, float label) implements RouterInput {

    @Override
    public long streamTime() {
        return time;
    }

    /** Of a label and an event at the same time the event is handled first. */
    @Override
    public int rank() {
        return RANK_LABEL_AT_EVENT;
    }
}
