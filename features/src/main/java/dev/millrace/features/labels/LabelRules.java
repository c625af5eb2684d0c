package dev.millrace.features.labels;

import dev.millrace.events.Event;
import dev.millrace.events.LabelKind;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.RoutedEvent;
import dev.millrace.features.labels.LabelCase.Known;
import dev.millrace.features.labels.LabelCase.Waiting;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of label resolution.
 *
 * <p>An event's label may come until {@code wait} after it and is then {@link LabelKind#REAL}. At that deadline a missing
 * label is assumed or dropped, by policy. Until {@code keep} after the event a label that differs, or comes for the first
 * time, is {@link LabelKind#REVISED}. Then the event is forgotten. A label that comes before its event waits for it as
 * long as events may be late; of several the newest. All bounds are inclusive.
 *
 * @param waitMillis from the event to its deadline, at least 0
 * @param keepMillis from the event to its end, at least {@code waitMillis}
 * @param missing what happens at the deadline
 * @param latenessMillis how long a label waits for its event: the events' {@code max-out-of-orderness}
 */
public record LabelRules(long waitMillis, long keepMillis, MissingLabel missing, long latenessMillis)
        implements Serializable {

    private static final float NEGATIVE = 0f;

    public LabelRules {
        if (waitMillis < 0 || keepMillis < waitMillis || latenessMillis < 0) {
            throw new IllegalArgumentException("label rules need 0 <= wait <= keep and lateness >= 0, got wait "
                    + waitMillis + " ms, keep " + keepMillis + " ms, lateness " + latenessMillis + " ms");
        }
    }

    /** An event has come. */
    public LabelStep onEvent(@Nullable LabelCase known, RoutedEvent event) {
        if (known instanceof Known) {
            return new LabelStep(known, List.of(), List.of(LabelOutcome.REPEATED_EVENT));
        }
        Known fresh = Known.unlabelled(event);
        if (known instanceof Waiting waiting) {
            return onLabel(fresh, waiting.label());
        }
        return new LabelStep(fresh, List.of(), List.of());
    }

    /** A label has come. */
    public LabelStep onLabel(@Nullable LabelCase known, LabelRecord label) {
        if (known instanceof Known event) {
            return applyLabel(event, label.time(), label.label());
        }
        if (known instanceof Waiting earlier) {
            boolean same = earlier.label().label() == label.label();
            boolean newer = label.time() >= earlier.label().time();
            return new LabelStep(
                    newer ? new Waiting(label) : earlier,
                    List.of(),
                    List.of(same ? LabelOutcome.DUPLICATE : LabelOutcome.SUPERSEDED));
        }
        return new LabelStep(new Waiting(label), List.of(), List.of());
    }

    /** Event time has reached {@code time}: everything due until then is decided. */
    public LabelStep onInstant(LabelCase known, long time) {
        if (known instanceof Waiting waiting) {
            return time < orphanTime(waiting)
                    ? new LabelStep(waiting, List.of(), List.of())
                    : new LabelStep(null, List.of(), List.of(LabelOutcome.ORPHANED));
        }
        Known current = (Known) known;
        List<ResolvedLabel> resolved = new ArrayList<>(1);
        List<LabelOutcome> outcomes = new ArrayList<>(1);
        long deadline = current.event().time() + waitMillis;
        long recorded = current.event().labelTime();
        // A recorded label at the deadline comes in time.
        if (current.event().hasRecordedLabel() && recorded <= time && recorded <= deadline) {
            current = play(current, resolved, outcomes);
        }
        if (!current.deadlinePassed() && deadline <= time) {
            current = passDeadline(current, resolved, outcomes);
        }
        if (current.event().hasRecordedLabel() && recorded <= time) {
            current = play(current, resolved, outcomes);
        }
        if (time < current.event().time() + keepMillis) {
            return new LabelStep(current, resolved, outcomes);
        }
        if (current.event().hasRecordedLabel()) {
            outcomes.add(LabelOutcome.ORPHANED);
        }
        return new LabelStep(null, resolved, outcomes);
    }

    /** The input has ended: recorded labels are still played back, and nothing else is assumed. */
    public LabelStep onEnd(LabelCase known) {
        if (known instanceof Waiting) {
            return new LabelStep(null, List.of(), List.of(LabelOutcome.ORPHANED));
        }
        Known current = (Known) known;
        List<ResolvedLabel> resolved = new ArrayList<>(1);
        List<LabelOutcome> outcomes = new ArrayList<>(1);
        if (current.event().hasRecordedLabel()) {
            current = play(current, resolved, outcomes);
        }
        return new LabelStep(current, resolved, outcomes);
    }

    /** When {@link #onInstant} has something to do next, milliseconds since the epoch. */
    public long nextInstant(LabelCase known) {
        if (known instanceof Waiting waiting) {
            return orphanTime(waiting);
        }
        Known current = (Known) known;
        long next = current.event().time() + (current.deadlinePassed() ? keepMillis : waitMillis);
        return current.event().hasRecordedLabel()
                ? Math.min(next, current.event().labelTime())
                : next;
    }

    private long orphanTime(Waiting waiting) {
        return waiting.label().time() + latenessMillis;
    }

    private Known play(Known known, List<ResolvedLabel> resolved, List<LabelOutcome> outcomes) {
        RoutedEvent event = known.event();
        LabelStep step = applyLabel(known.withoutRecordedLabel(), event.labelTime(), event.recordedLabel());
        resolved.addAll(step.resolved());
        outcomes.addAll(step.outcomes());
        return step.next() instanceof Known next ? next : known.withoutRecordedLabel();
    }

    private Known passDeadline(Known known, List<ResolvedLabel> resolved, List<LabelOutcome> outcomes) {
        Known passed = known.withDeadlinePassed();
        if (known.hasLabel()) {
            return passed;
        }
        return switch (missing) {
            case DROP -> {
                outcomes.add(LabelOutcome.DROPPED);
                yield passed;
            }
            case NEGATIVE -> {
                RoutedEvent event = known.event();
                long deadline = event.time() + waitMillis;
                outcomes.add(LabelOutcome.ASSUMED);
                resolved.add(new ResolvedLabel(
                        event.id(),
                        event.time(),
                        deadline,
                        LabelKind.ASSUMED,
                        NEGATIVE,
                        Event.NO_LABEL,
                        event.shard(),
                        event.entities()));
                yield passed.withLabel(NEGATIVE, LabelKind.ASSUMED, deadline);
            }
        };
    }

    private LabelStep applyLabel(Known known, long time, float label) {
        RoutedEvent event = known.event();
        boolean assumed = known.kind() == LabelKind.ASSUMED;
        if (time > event.time() + keepMillis) {
            return new LabelStep(known, List.of(), List.of(LabelOutcome.ORPHANED));
        }
        if (known.hasLabel() && !assumed) {
            if (known.label() == label) {
                return new LabelStep(known, List.of(), List.of(LabelOutcome.DUPLICATE));
            }
            if (time < known.labelTime()) {
                return new LabelStep(known, List.of(), List.of(LabelOutcome.SUPERSEDED));
            }
        }
        boolean inTime = time <= event.time() + waitMillis && !known.deadlinePassed();
        LabelKind kind = inTime && !known.hasLabel() ? LabelKind.REAL : LabelKind.REVISED;
        LabelOutcome outcome = kind == LabelKind.REAL
                ? LabelOutcome.REAL
                : assumed && known.label() == label ? LabelOutcome.CONFIRMED : LabelOutcome.REVISED;
        ResolvedLabel resolved = new ResolvedLabel(
                event.id(),
                event.time(),
                Math.max(time, event.time()),
                kind,
                label,
                known.label(),
                event.shard(),
                event.entities());
        return new LabelStep(known.withLabel(label, kind, time), List.of(resolved), List.of(outcome));
    }
}
