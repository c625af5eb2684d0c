package dev.millrace.events;

/**
 * A record with a place in the event-time order: sorted by (stream time, rank, id), full ties by the bytes of its codec.
 *
 * <p>The order is total over the set of records, so whatever is computed along it depends on that set alone.
 */
public interface Ordered {

    /** Rank of a label whose event is earlier than the label's stream time. */
    int RANK_LATER_LABEL = 0;
    /** Rank of an event. */
    int RANK_EVENT = 1;
    /** Rank of a label whose stream time is its event's time: the event is scored first. */
    int RANK_LABEL_AT_EVENT = 2;

    /** Milliseconds since the epoch. For a label: the later of its own time and its event's. */
    long streamTime();

    int rank();

    EventId id();
}
