package dev.millrace.pipeline;

import dev.millrace.events.EventSchema;
import dev.millrace.events.RecordLayout;
import dev.millrace.features.selection.Selection;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The events of a pipeline.
 *
 * @param layout of their records; its label is null where labels come on their own topic
 * @param maxOutOfOrderness how much earlier than the newest event one may be and still be handled in its place; at least 0
 * @param where which of them the pipeline is about; null: all
 */
public record EventStream(String topic, RecordLayout layout, Duration maxOutOfOrderness, @Nullable Selection where)
        implements Serializable {

    /** What an event keeps. */
    public EventSchema schema() {
        return layout.schema();
    }
}
