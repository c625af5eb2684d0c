package dev.millrace.operators.aggregates;

import dev.millrace.events.EventSchema;
import dev.millrace.features.aggregates.EntityFeatures;
import java.io.Serializable;
import java.time.Duration;

/**
 * What one kind of entity adds to its events.
 *
 * @param schema of the events that come in: with the numbers of the kinds before this one
 * @param kind place of this kind among those of the pipeline, from 0: which of a label's entities is meant
 * @param features what is added
 * @param labelled whether the label inside an event is known with it; otherwise the label router brings it
 * @param lateness how much earlier than the newest event one may be: the events' {@code max-out-of-orderness}
 * @param liveEntities how many logs are held live per subtask at most, at least 1; changes no result
 */
public record EntityAggregatesOptions(
        EventSchema schema, int kind, EntityFeatures features, boolean labelled, Duration lateness, int liveEntities)
        implements Serializable {

    /** A log of a hundred events takes about 4 kB. */
    public static final int DEFAULT_LIVE_ENTITIES = 1 << 14;
}
