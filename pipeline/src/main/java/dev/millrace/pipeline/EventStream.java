package dev.millrace.pipeline;

import dev.millrace.events.EventSchema;
import dev.millrace.events.RecordLayout;
import java.io.Serializable;
import java.time.Duration;

/**
 * The events of a pipeline.
 *
 * @param layout of their records; its label is null where labels come on their own topic
 * @param maxOutOfOrderness how much earlier than the newest event one may be and still be handled in its place; at least 0
 */
public record EventStream(String topic, RecordLayout layout, Duration maxOutOfOrderness) implements Serializable {

    /** What an event keeps. */
    public EventSchema schema() {
        return layout.schema();
    }
}
