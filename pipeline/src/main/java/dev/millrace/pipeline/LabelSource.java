package dev.millrace.pipeline;

import dev.millrace.events.LabelLayout;
import dev.millrace.events.RecordLayout;
import dev.millrace.features.labels.LabelRules;
import dev.millrace.features.labels.MissingLabel;
import java.io.Serializable;
import java.time.Duration;

/** How the labels of events come. */
public sealed interface LabelSource extends Serializable {

    /** How a record writes the label, the event's record or the label's own. */
    LabelLayout label();

    /** Within its event, and known at once: trained on right after it was scored. */
    record Inside(LabelLayout label) implements LabelSource {}

    /** Later than its event: resolved by the event's id. */
    sealed interface Late extends LabelSource {

        /** From the event to the deadline of its label; at least 0. */
        Duration waitTime();

        /** From the event until it is forgotten; at least {@link #waitTime}. */
        Duration keepTime();

        /** What happens at the deadline; {@link MissingLabel#NEGATIVE} only for binary tasks. */
        MissingLabel missing();

        /** The rules of resolution, where events may be {@code maxOutOfOrderness} late. */
        default LabelRules rules(Duration maxOutOfOrderness) {
            return new LabelRules(
                    waitTime().toMillis(), keepTime().toMillis(), missing(), maxOutOfOrderness.toMillis());
        }
    }

    /**
     * Recorded within its event, but played back as late as it really came.
     *
     * @param delay from the event to its label; above 0, at most {@code keepTime}
     */
    record Delayed(LabelLayout label, Duration delay, Duration waitTime, Duration keepTime, MissingLabel missing)
            implements Late {}

    /**
     * On a topic of its own.
     *
     * @param layout of the label records: its id field names the event, its label is never null
     */
    record Topic(
            String topic,
            RecordLayout layout,
            LabelLayout label,
            Duration waitTime,
            Duration keepTime,
            MissingLabel missing)
            implements Late {}
}
