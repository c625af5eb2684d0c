package dev.millrace.features.labels;

import static dev.millrace.features.labels.LabelOutcome.ASSUMED;
import static dev.millrace.features.labels.LabelOutcome.CONFIRMED;
import static dev.millrace.features.labels.LabelOutcome.DROPPED;
import static dev.millrace.features.labels.LabelOutcome.DUPLICATE;
import static dev.millrace.features.labels.LabelOutcome.ORPHANED;
import static dev.millrace.features.labels.LabelOutcome.REAL;
import static dev.millrace.features.labels.LabelOutcome.REPEATED_EVENT;
import static dev.millrace.features.labels.LabelOutcome.REVISED;
import static dev.millrace.features.labels.LabelOutcome.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelKind;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.RoutedEvent;
import dev.millrace.features.labels.LabelCase.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One id at a time; the event of most tests happens at 1000, its deadline is 1100, its end 1300. */
class LabelRulesTest {

    private static final EventId ID = EventId.of(1);
    private static final long EVENT = 1_000;
    private static final long WAIT = 100;
    private static final long KEEP = 300;
    private static final long LATENESS = 10;
    private static final LabelRules ASSUMING = new LabelRules(WAIT, KEEP, MissingLabel.NEGATIVE, LATENESS);
    private static final LabelRules DROPPING = new LabelRules(WAIT, KEEP, MissingLabel.DROP, LATENESS);
    private static final float NONE = Event.NO_LABEL;

    @Test
    void aLabelAtTheVeryDeadlineIsReal() {
        Run run = new Run(ASSUMING).event(EVENT).label(1_100, 1).untilForgotten();
        assertThat(run.outcomes).containsExactly(REAL);
        assertThat(run.resolved).containsExactly(resolved(1_100, LabelKind.REAL, 1, NONE));
    }

    @Test
    void aLabelAfterTheDeadlineRevisesTheAssumption() {
        Run run = new Run(ASSUMING).event(EVENT).label(1_101, 1).untilForgotten();
        assertThat(run.outcomes).containsExactly(ASSUMED, REVISED);
        assertThat(run.resolved)
                .containsExactly(resolved(1_100, LabelKind.ASSUMED, 0, NONE), resolved(1_101, LabelKind.REVISED, 1, 0));
    }

    @Test
    void aNegativeAfterTheDeadlineConfirmsTheAssumptionAndIsToldToTheShard() {
        Run run = new Run(ASSUMING).event(EVENT).label(1_101, 0).untilForgotten();
        assertThat(run.outcomes).containsExactly(ASSUMED, CONFIRMED);
        assertThat(run.resolved).last().isEqualTo(resolved(1_101, LabelKind.REVISED, 0, 0));
    }

    @Test
    void whatIsConfirmedIsNoAssumptionAnyMore() {
        Run run = new Run(ASSUMING).event(EVENT).label(1_101, 0).label(1_102, 0).label(1_103, 1);
        assertThat(run.outcomes).containsExactly(ASSUMED, CONFIRMED, DUPLICATE, REVISED);
        assertThat(run.resolved).last().isEqualTo(resolved(1_103, LabelKind.REVISED, 1, 0));
    }

    @Test
    void aMissingLabelIsDroppedByPolicyAndALateOneIsTheFirst() {
        Run run = new Run(DROPPING).event(EVENT).label(1_101, 0).untilForgotten();
        assertThat(run.outcomes).containsExactly(DROPPED, REVISED);
        assertThat(run.resolved).containsExactly(resolved(1_101, LabelKind.REVISED, 0, NONE));
    }

    @Test
    void aSecondLabelThatDiffersRevisesTheFirstEvenWithinWait() {
        Run run = new Run(ASSUMING).event(EVENT).label(1_010, 1).label(1_020, 0).untilForgotten();
        assertThat(run.outcomes).containsExactly(REAL, REVISED);
        assertThat(run.resolved).last().isEqualTo(resolved(1_020, LabelKind.REVISED, 0, 1));
    }

    @Test
    void theSameLabelAgainIsADuplicateAndIsNotTold() {
        Run run = new Run(ASSUMING).event(EVENT).label(1_010, 1).label(1_020, 1).untilForgotten();
        assertThat(run.outcomes).containsExactly(REAL, DUPLICATE);
        assertThat(run.resolved).hasSize(1);
    }

    @Test
    void aLabelOlderThanTheOneThatHoldsIsSuperseded() {
        Run run = new Run(ASSUMING).event(EVENT).label(1_020, 1).label(1_010, 0).untilForgotten();
        assertThat(run.outcomes).containsExactly(REAL, SUPERSEDED);
        assertThat(run.resolved).containsExactly(resolved(1_020, LabelKind.REAL, 1, NONE));
    }

    /** In arrival order a label may come behind an assumption that its own time would have prevented. */
    @Test
    void aLabelOlderThanTheAssumptionStillReplacesIt() {
        Run run = new Run(ASSUMING).event(EVENT).advance(1_100).label(1_050, 1);
        assertThat(run.outcomes).containsExactly(ASSUMED, REVISED);
        assertThat(run.resolved).last().isEqualTo(resolved(1_050, LabelKind.REVISED, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"1300,REVISED", "1301,ORPHANED"})
    void theEndOfKeepIsInclusive(long labelTime, LabelOutcome expected) {
        Run run = new Run(DROPPING).event(EVENT).label(labelTime, 1).untilForgotten();
        assertThat(run.outcomes).containsExactly(DROPPED, expected);
    }

    /** As the watermark may not have come that far yet, in arrival order. */
    @Test
    void aLabelBeyondKeepIsOrphanedThoughItsEventIsStillKnown() {
        Run run = new Run(ASSUMING).event(EVENT).labelAhead(1_301, 1);
        assertThat(run.outcomes).containsExactly(ORPHANED);
        assertThat(run.resolved).isEmpty();
        run.untilForgotten();
        assertThat(run.outcomes).containsExactly(ORPHANED, ASSUMED);
    }

    @ParameterizedTest
    @CsvSource({"990,1", "989,0"})
    void aLabelWaitsForItsEventAsLongAsEventsMayBeLate(long labelTime, int found) {
        Run run = new Run(DROPPING).label(labelTime, 1).event(EVENT).untilForgotten();
        assertThat(run.outcomes).isEqualTo(found == 1 ? List.of(REAL) : List.of(ORPHANED, DROPPED));
        // The stream time of a label is never before its event.
        assertThat(run.resolved).isEqualTo(found == 1 ? List.of(resolved(EVENT, LabelKind.REAL, 1, NONE)) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"992,0,SUPERSEDED", "992,1,DUPLICATE"})
    void ofTwoEarlyLabelsTheNewerHolds(long second, float secondLabel, LabelOutcome replaced) {
        Run run = new Run(DROPPING).label(991, 1).label(second, secondLabel).event(EVENT);
        assertThat(run.outcomes).containsExactly(replaced, REAL);
        assertThat(run.resolved).containsExactly(resolved(EVENT, LabelKind.REAL, secondLabel, NONE));
    }

    @Test
    void ofTwoEarlyLabelsTheNewerHoldsWhicheverCameFirst() {
        Run run = new Run(DROPPING).labelAhead(992, 1).labelAhead(991, 0).event(EVENT);
        assertThat(run.outcomes).containsExactly(SUPERSEDED, REAL);
        assertThat(run.resolved).containsExactly(resolved(EVENT, LabelKind.REAL, 1, NONE));
    }

    @Test
    void anEarlyDuplicateKeepsTheLabelWaiting() {
        Run run = new Run(DROPPING).label(980, 1).label(990, 1).event(EVENT).untilForgotten();
        assertThat(run.outcomes).containsExactly(DUPLICATE, REAL);
    }

    @Test
    void aLabelWithoutAnEventEndsAsAnOrphan() {
        Run run = new Run(ASSUMING).label(500, 1).advance(509);
        assertThat(run.known).isInstanceOf(Waiting.class);
        run.advance(510);
        assertThat(run.known).isNull();
        assertThat(run.outcomes).containsExactly(ORPHANED);
    }

    @Test
    void anEventWithAKnownIdChangesNothing() {
        Run run = new Run(ASSUMING)
                .event(EVENT)
                .event(1_050)
                .label(1_110, 1)
                .event(1_200)
                .untilForgotten();
        assertThat(run.outcomes).containsExactly(REPEATED_EVENT, ASSUMED, REVISED, REPEATED_EVENT);
        assertThat(run.resolved).extracting(ResolvedLabel::eventTime).containsOnly(EVENT);
    }

    @Test
    void aForgottenIdMayBeUsedAgain() {
        Run run = new Run(DROPPING).event(EVENT).advance(1_300).event(2_000).label(2_001, 1);
        assertThat(run.outcomes).containsExactly(DROPPED, REAL);
        assertThat(run.resolved).extracting(ResolvedLabel::eventTime).containsExactly(2_000L);
    }

    @ParameterizedTest
    @CsvSource({"1000,REAL", "1099,REAL", "1100,REAL"})
    void aRecordedLabelWithinWaitIsPlayedBackAtItsTime(long labelTime, LabelOutcome expected) {
        Run run = new Run(ASSUMING).recorded(EVENT, 1, labelTime).advance(labelTime - 1);
        assertThat(run.resolved).isEmpty();
        run.advance(labelTime);
        assertThat(run.resolved).containsExactly(resolved(labelTime, LabelKind.REAL, 1, NONE));
        assertThat(run.untilForgotten().outcomes).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"1101", "1300"})
    void aRecordedLabelAfterTheDeadlineRevises(long labelTime) {
        Run run = new Run(ASSUMING).recorded(EVENT, 1, labelTime).untilForgotten();
        assertThat(run.outcomes).containsExactly(ASSUMED, REVISED);
        assertThat(run.resolved).last().isEqualTo(resolved(labelTime, LabelKind.REVISED, 1, 0));
    }

    @Test
    void aRecordedLabelThatComesAfterItsEventIsForgottenIsCountedAsAnOrphan() {
        Run run = new Run(ASSUMING).recorded(EVENT, 1, 1_301).untilForgotten();
        assertThat(run.outcomes).containsExactly(ASSUMED, ORPHANED);
    }

    @Test
    void oneInstantMayDecideAllThatIsDue() {
        Run run = new Run(ASSUMING).recorded(EVENT, 1, 1_200);
        LabelStep step = ASSUMING.onInstant(run.known, 5_000);
        assertThat(step.outcomes()).containsExactly(ASSUMED, REVISED);
        assertThat(step.resolved()).extracting(ResolvedLabel::time).containsExactly(1_100L, 1_200L);
        assertThat(step.next()).isNull();
    }

    @Test
    void anInstantBeforeAnythingIsDueChangesNothing() {
        Run run = new Run(ASSUMING).event(EVENT);
        LabelStep step = ASSUMING.onInstant(run.known, 1_099);
        assertThat(step).isEqualTo(new LabelStep(run.known, List.of(), List.of()));
    }

    @Test
    void atTheEndRecordedLabelsArePlayedAndNothingIsAssumed() {
        LabelStep recorded = ASSUMING.onEnd(new Run(ASSUMING).recorded(EVENT, 1, 1_200).known);
        assertThat(recorded.outcomes()).containsExactly(REVISED);
        assertThat(recorded.resolved()).containsExactly(resolved(1_200, LabelKind.REVISED, 1, NONE));

        LabelStep inTime = ASSUMING.onEnd(new Run(ASSUMING).recorded(EVENT, 1, 1_050).known);
        assertThat(inTime.outcomes()).containsExactly(REAL);

        LabelStep beyondKeep = ASSUMING.onEnd(new Run(ASSUMING).recorded(EVENT, 1, 1_301).known);
        assertThat(beyondKeep.outcomes()).containsExactly(ORPHANED);

        LabelStep missing = ASSUMING.onEnd(new Run(ASSUMING).event(EVENT).known);
        assertThat(missing.outcomes()).isEmpty();
        assertThat(missing.next()).isNotNull();

        LabelStep early = ASSUMING.onEnd(new Run(ASSUMING).label(EVENT, 1).known);
        assertThat(early.outcomes()).containsExactly(ORPHANED);
        assertThat(early.next()).isNull();
    }

    @Test
    void withoutWaitALabelAtTheTimeOfItsEventIsReal() {
        LabelRules rules = new LabelRules(0, 0, MissingLabel.NEGATIVE, 0);
        assertThat(new Run(rules).event(EVENT).label(EVENT, 1).untilForgotten().outcomes)
                .containsExactly(REAL);
        assertThat(new Run(rules).event(EVENT).untilForgotten().outcomes).containsExactly(ASSUMED);
    }

    @ParameterizedTest
    @CsvSource({"-1,10,0", "10,9,0", "0,0,-1"})
    void boundsThatContradictEachOtherAreRefused(long wait, long keep, long lateness) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelRules(wait, keep, MissingLabel.DROP, lateness))
                .withMessageContaining("0 <= wait <= keep")
                .withMessageContaining(Long.toString(wait));
    }

    private static ResolvedLabel resolved(long time, LabelKind kind, float label, float replaced) {
        return new ResolvedLabel(ID, EVENT, time, kind, label, replaced, 0);
    }

    /** What the router does with one id: instants before a record, then the record. */
    static final class Run {

        final LabelRules rules;
        final List<LabelOutcome> outcomes = new ArrayList<>();
        final List<ResolvedLabel> resolved = new ArrayList<>();

        @Nullable
        LabelCase known;

        Run(LabelRules rules) {
            this.rules = rules;
        }

        Run event(long time) {
            return recorded(time, NONE, 0);
        }

        Run recorded(long time, float label, long labelTime) {
            advance(time - 1);
            take(rules.onEvent(known, new RoutedEvent(ID, time, 0, label, labelTime)));
            return this;
        }

        Run label(long time, float label) {
            advance(time - 1);
            return labelAhead(time, label);
        }

        /** A label whose time the watermark has not reached. */
        Run labelAhead(long time, float label) {
            take(rules.onLabel(known, new LabelRecord(ID, time, label)));
            return this;
        }

        /** Every instant up to {@code time}, each at its own time. */
        Run advance(long time) {
            long last = Long.MIN_VALUE;
            while (known != null && rules.nextInstant(known) <= time) {
                long instant = rules.nextInstant(known);
                assertThat(instant)
                        .as("each instant must leave the next one later")
                        .isGreaterThan(last);
                take(rules.onInstant(known, instant));
                last = instant;
            }
            return this;
        }

        Run untilForgotten() {
            advance(Long.MAX_VALUE);
            assertThat(known).isNull();
            return this;
        }

        private void take(LabelStep step) {
            known = step.next();
            outcomes.addAll(step.outcomes());
            resolved.addAll(step.resolved());
        }
    }
}
