package dev.millrace.cli.evaluate;

import dev.millrace.cli.evaluate.SourceRecords.LabelSink;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The labels in the files: beside each prediction, and for the rule that says "as last time", which any model on data with
 * long runs of one class must beat.
 */
final class KnownLabels implements LabelSink {

    private final boolean keep;

    private record Known(long time, float label) {}

    private static final Known NONE = new Known(Long.MIN_VALUE, Event.NO_LABEL);

    private final Map<EventId, Known> labels = new HashMap<>();
    private float previous = Event.NO_LABEL;
    private long compared;
    private long unchanged;

    /** @param keep whether {@link #of} will be asked */
    KnownLabels(boolean keep) {
        this.keep = keep;
    }

    @Override
    public void label(EventId id, long time, float label) {
        if (keep) {
            labels.merge(id, new Known(time, label), (known, next) -> next.time() >= known.time() ? next : known);
        }
        if (!Float.isNaN(previous)) {
            compared++;
            unchanged += label == previous ? 1 : 0;
        }
        previous = label;
    }

    /** The newest label of an event in the files, of equally new ones the last; {@link Event#NO_LABEL} if there is none. */
    float of(EventId id) {
        return labels.getOrDefault(id, NONE).label();
    }

    /** How often a label was that of the row before. */
    OptionalDouble noChangeAccuracy() {
        return compared == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) unchanged / compared);
    }
}
