package dev.millrace.pipeline;

import dev.millrace.events.LabelLayout;
import dev.millrace.features.labels.LabelRules;
import dev.millrace.features.labels.MissingLabel;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the labels of events come. */
public sealed interface LabelSource extends Serializable {

    /** How a record writes the label, the event's record or the label's own; null where none does. */
    @Nullable
    LabelLayout label();

    /** No record holds any: that the event happened is what the model learns from. Of rankings. */
    record Taken() implements LabelSource {
        @Override
        public @Nullable LabelLayout label() {
            return null;
        }
    }

    /** Within its event, and known at once: trained on right after it was scored. */
    record Inside(LabelLayout label) implements LabelSource {}

    /** Later than its event: resolved by the event's id. */
    sealed interface Late extends LabelSource {

        @Override
        LabelLayout label();

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
     * On topics of their own: investigators' feedback, chargebacks, corrections. They are one stream to the rules: of two
     * labels the later one holds, whichever topic it came by.
     *
     * @param streams at least one, each by another topic and name; all of the same classes
     */
    record Streams(List<LabelStream> streams, Duration waitTime, Duration keepTime, MissingLabel missing)
            implements Late {

        public Streams {
            streams = List.copyOf(streams);
        }

        /** That of the first stream: fields may differ, classes do not. */
        @Override
        public LabelLayout label() {
            return Objects.requireNonNull(streams.get(0).layout().label());
        }
    }
}
