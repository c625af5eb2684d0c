package dev.millrace.features.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ResolvedLabel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random ids in event-time order against what the words of {@link LabelRules} say, computed from all records at once
 * instead of one after the other.
 */
class LabelRulesPropertyTest {

    private static final EnumSet<LabelOutcome> OF_LABELS = EnumSet.of(
            LabelOutcome.REAL,
            LabelOutcome.REVISED,
            LabelOutcome.CONFIRMED,
            LabelOutcome.DUPLICATE,
            LabelOutcome.SUPERSEDED,
            LabelOutcome.ORPHANED);

    /** One input: an event, a label record, or the playing back of a recorded label. Ranks as in the event-time order. */
    private record Input(long time, int rank, float label) {
        static final int EVENT = 0;
        static final int LABEL = 1;
        static final int RECORDED = 2;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyLabelEndsInOneCounterAndEveryEventWithTheLabelThatHolds(long seed) {
        Random random = new Random(seed);
        for (int id = 0; id < 2_000; id++) {
            long wait = random.nextInt(6);
            LabelRules rules = new LabelRules(
                    wait,
                    wait + random.nextInt(6),
                    random.nextBoolean() ? MissingLabel.NEGATIVE : MissingLabel.DROP,
                    random.nextInt(4));
            List<Input> inputs = inputs(rules, random);
            LabelRulesTest.Run run = new LabelRulesTest.Run(rules);
            drive(run, inputs);
            check(rules, inputs, run);
        }
    }

    /** Some labels around one event, which may be missing, repeated, or carry its label. Times collide often. */
    private static List<Input> inputs(LabelRules rules, Random random) {
        List<Input> inputs = new ArrayList<>();
        long eventTime = 10;
        if (random.nextInt(8) > 0) {
            inputs.add(new Input(eventTime, Input.EVENT, Event.NO_LABEL));
            if (random.nextInt(3) == 0) {
                inputs.add(new Input(eventTime + random.nextInt(14), Input.RECORDED, random.nextInt(2)));
            }
            for (int repeats = random.nextInt(3) - 1; repeats > 0; repeats--) {
                inputs.add(new Input(
                        eventTime + random.nextInt((int) rules.keepMillis() + 1), Input.EVENT, Event.NO_LABEL));
            }
        }
        for (int labels = random.nextInt(5); labels > 0; labels--) {
            inputs.add(new Input(5 + random.nextInt(20), Input.LABEL, random.nextInt(2)));
        }
        inputs.sort(Comparator.comparingLong(Input::time).thenComparingInt(Input::rank));
        return inputs;
    }

    private static void drive(LabelRulesTest.Run run, List<Input> inputs) {
        List<Input> recorded =
                inputs.stream().filter(input -> input.rank() == Input.RECORDED).toList();
        boolean first = true;
        for (Input input : inputs) {
            if (input.rank() == Input.LABEL) {
                run.label(input.time(), input.label());
            } else if (input.rank() == Input.EVENT) {
                if (first && !recorded.isEmpty()) {
                    run.recorded(
                            input.time(),
                            recorded.get(0).label(),
                            recorded.get(0).time());
                } else {
                    run.event(input.time());
                }
                first = false;
            }
        }
        run.untilForgotten();
    }

    private static void check(LabelRules rules, List<Input> inputs, LabelRulesTest.Run run) {
        String what = rules + " " + inputs;
        List<Input> labels =
                inputs.stream().filter(input -> input.rank() != Input.EVENT).toList();
        assertThat(count(run.outcomes, OF_LABELS)).as(what).isEqualTo(labels.size());

        List<Input> events =
                inputs.stream().filter(input -> input.rank() == Input.EVENT).toList();
        assertThat(count(run.outcomes, EnumSet.of(LabelOutcome.REPEATED_EVENT)))
                .as(what)
                .isEqualTo(Math.max(0, events.size() - 1));

        float held = Event.NO_LABEL;
        for (ResolvedLabel label : run.resolved) {
            assertThat(Float.compare(label.replaced(), held))
                    .as("what %s replaces: %s", label, what)
                    .isZero();
            boolean first = Float.isNaN(held);
            assertThat(label.kind() == LabelKind.REVISED || first).as(what).isTrue();
            assertThat(label.time()).as(what).isBetween(10L, 10 + rules.keepMillis());
            held = label.label();
        }
        assertThat(run.resolved).as(what).isSortedAccordingTo(Comparator.comparingLong(ResolvedLabel::time));
        if (events.isEmpty()) {
            assertThat(run.resolved).as(what).isEmpty();
            return;
        }

        List<Input> counted = counting(rules, labels);
        boolean inTime = !counted.isEmpty() && counted.get(0).time() <= 10 + rules.waitMillis();
        assertThat(run.outcomes.contains(LabelOutcome.REAL)).as(what).isEqualTo(inTime);
        boolean assumes = !inTime && rules.missing() == MissingLabel.NEGATIVE;
        assertThat(run.outcomes.contains(LabelOutcome.ASSUMED)).as(what).isEqualTo(assumes);
        assertThat(run.outcomes.contains(LabelOutcome.DROPPED)).as(what).isEqualTo(!inTime && !assumes);
        float expected = counted.isEmpty()
                ? (assumes ? 0 : Event.NO_LABEL)
                : counted.get(counted.size() - 1).label();
        assertThat(Float.compare(held, expected))
                .as("the label that holds: %s", what)
                .isZero();
    }

    /** The labels that are allowed to say something about the event at 10, in order. */
    private static List<Input> counting(LabelRules rules, List<Input> labels) {
        List<Input> counting = new ArrayList<>(labels.stream()
                .filter(label -> label.time() >= 10 && label.time() <= 10 + rules.keepMillis())
                .toList());
        labels.stream()
                .filter(label -> label.time() < 10)
                .reduce((earlier, later) -> later)
                .filter(newest -> newest.time() + rules.latenessMillis() >= 10)
                .ifPresent(newest -> counting.add(0, newest));
        return counting;
    }

    private static long count(List<LabelOutcome> outcomes, Collection<LabelOutcome> wanted) {
        return outcomes.stream().filter(wanted::contains).count();
    }
}
