package dev.millrace.operators.selection;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import dev.millrace.features.selection.Selection;
import dev.millrace.features.selection.Selector;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Lets the selected events through; the others are counted. Their time has moved the watermark already: they were read, and
 * say as much about what can still come.
 */
public final class EventSelector extends RichFilterFunction<Event> {

    private static final long serialVersionUID = 1L;

    /** Counter of the events that went no further, for example {@code …taskmanager.job.task.operator.skippedEvents}. */
    public static final String SKIPPED_EVENTS = "skippedEvents";

    private final EventSchema schema;
    private final @Nullable String labelField;
    private final Selection selection;

    private transient Selector selector;
    private transient Counter skipped;

    /** @param labelField the field whose value an event carries as its label; null: none */
    @SuppressWarnings("NullAway.Init") // transient fields are built in open
    public EventSelector(EventSchema schema, @Nullable String labelField, Selection selection) {
        this.schema = schema;
        this.labelField = labelField;
        this.selection = selection;
    }

    @Override
    public void open(OpenContext context) {
        selector = new Selector(schema, labelField, selection);
        skipped = getRuntimeContext().getMetricGroup().counter(SKIPPED_EVENTS);
    }

    @Override
    public boolean filter(Event event) {
        boolean selected = selector.selects(event);
        if (!selected) {
            skipped.inc();
        }
        return selected;
    }
}
