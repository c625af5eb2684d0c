package dev.millrace.operators.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelKind;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.RoutedEvent;
import dev.millrace.events.RouterInput;
import dev.millrace.events.ShardInput;
import dev.millrace.features.labels.LabelOutcome;
import dev.millrace.features.labels.LabelRules;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.summary.LabelCounts;
import dev.millrace.serializers.CodecTypeInformation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelRouterTest extends SnapshotContract<EventId, RouterInput, ShardInput> {

    private static final LabelRules RULES = new LabelRules(100, 300, MissingLabel.NEGATIVE, 10);

    @Override
    protected OperatorRun.Operator<RouterInput, ShardInput> operator(Order order) {
        return () -> new LabelRouter(RULES, order, OptionalLong.of(1_000));
    }

    @Override
    protected KeySelector<RouterInput, EventId> key() {
        return RouterInput::id;
    }

    @Override
    protected TypeInformation<EventId> keyType() {
        return CodecTypeInformation.EVENT_ID;
    }

    @Override
    protected List<Step<RouterInput>> script() {
        return List.of(
                Step.take(event(1, 10)),
                Step.take(label(2, 15, 1)),
                Step.take(event(2, 12)),
                Step.watermark(20),
                Step.take(event(3, 30)),
                Step.take(label(1, 105, 1)),
                Step.take(label(9, 25, 0)),
                Step.watermark(100),
                Step.take(recorded(4, 120, 1, 250)),
                Step.take(label(3, 140, 1)),
                Step.watermark(240),
                Step.take(label(1, 260, 0)),
                Step.take(label(2, 270, 1)),
                Step.watermark(900),
                Step.take(event(5, 950)),
                Step.take(recorded(6, 960, 1, 1_200)),
                Step.end());
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<EventId, RouterInput, ShardInput> run) {
        return List.of(run.output().stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void aLabelWithinWaitIsRealAndALaterOneRevises(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            run.step(Step.take(event(1, 10)));
            run.step(Step.take(label(1, 110, 1)));
            run.step(Step.watermark(200));
            run.step(Step.take(label(1, 250, 0)));
            run.step(Step.watermark(300));
            assertThat(run.output())
                    .containsExactly(
                            resolved(1, 10, 110, LabelKind.REAL, 1, Event.NO_LABEL),
                            resolved(1, 10, 250, LabelKind.REVISED, 0, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void aMissingLabelIsAssumedAtTheDeadlineAndAPositiveRevisesIt(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            run.step(Step.take(event(1, 10)));
            run.step(Step.watermark(109));
            assertThat(run.output()).isEmpty();
            run.step(Step.watermark(110));
            run.step(Step.take(label(1, 200, 1)));
            run.step(Step.watermark(200));
            assertThat(run.output())
                    .containsExactly(
                            resolved(1, 10, 110, LabelKind.ASSUMED, 0, Event.NO_LABEL),
                            resolved(1, 10, 200, LabelKind.REVISED, 1, 0));
        }
    }

    @Test
    void inEventTimeOrderEveryArrivalOrderGivesTheSameOutput() throws Exception {
        List<Step<RouterInput>> script = script();
        List<RouterInput> records = new ArrayList<>();
        for (Step<RouterInput> step : script) {
            if (step instanceof Step.Take<RouterInput> take) {
                records.add(take.value());
            }
        }
        List<List<String>> first = null;
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(records, new Random(seed));
            try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
                for (RouterInput value : records) {
                    run.step(Step.take(value));
                }
                run.step(Step.end());
                List<List<String>> outputs = outputs(run);
                first = first == null ? outputs : first;
                assertThat(outputs).isEqualTo(first);
            }
        }
        try (var stepwise = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            for (Step<RouterInput> step : script) {
                stepwise.step(step);
            }
            assertThat(outputs(stepwise)).isEqualTo(first);
        }
    }

    @Test
    void atTheEndRecordedLabelsAreDeliveredAndNothingIsAssumedBeyondTheHorizon() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(event(5, 950)));
            run.step(Step.take(recorded(6, 960, 1, 1_200)));
            run.step(Step.take(event(7, 900)));
            run.step(Step.end());
            run.endInput();
            assertThat(run.output())
                    .containsExactly(
                            resolved(7, 900, 1_000, LabelKind.ASSUMED, 0, Event.NO_LABEL),
                            resolved(6, 960, 1_200, LabelKind.REVISED, 1, Event.NO_LABEL));
            LabelCounts counts =
                    (LabelCounts) run.sideOutput(LabelRouter.COUNTS).get(0);
            assertThat(counts.remembered()).isEqualTo(3);
            assertThat(counts.count(LabelOutcome.ASSUMED)).isEqualTo(1);
            assertThat(counts.count(LabelOutcome.REVISED)).isEqualTo(1);
        }
    }

    @Test
    void countsSurviveARestoreAndEveryLabelEndsInOneCounter() throws Exception {
        List<Step<RouterInput>> script = script();
        List<OperatorSubtaskState> snapshot;
        try (var first = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 2, List.of())) {
            for (Step<RouterInput> step : script.subList(0, 11)) {
                first.step(step);
            }
            snapshot = first.snapshot(1);
        }
        try (var second = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, snapshot)) {
            for (Step<RouterInput> step : script.subList(11, script.size())) {
                second.step(step);
            }
            second.endInput();
            LabelCounts counts =
                    (LabelCounts) second.sideOutput(LabelRouter.COUNTS).get(0);
            long labels = counts.count(LabelOutcome.REAL)
                    + counts.count(LabelOutcome.REVISED)
                    + counts.count(LabelOutcome.CONFIRMED)
                    + counts.count(LabelOutcome.DUPLICATE)
                    + counts.count(LabelOutcome.SUPERSEDED)
                    + counts.count(LabelOutcome.ORPHANED);
            assertThat(labels).isEqualTo(8);
        }
    }

    @Test
    void stateReturnsToNothing() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            for (Step<RouterInput> step : script().subList(0, 13)) {
                run.step(step);
            }
            assertThat(run.stateEntries()).isPositive();
            run.step(Step.watermark(1_000));
            run.snapshot(1);
            assertThat(run.stateEntries()).isZero();
            assertThat(run.scheduledInstants()).isZero();
        }
    }

    private static RouterInput event(long id, long time) {
        return new RoutedEvent(EventId.of(id), time, 0, Event.NO_LABEL, 0);
    }

    private static RouterInput recorded(long id, long time, float label, long labelTime) {
        return new RoutedEvent(EventId.of(id), time, 0, label, labelTime);
    }

    private static RouterInput label(long id, long time, float label) {
        return new LabelRecord(EventId.of(id), time, label);
    }

    private static ResolvedLabel resolved(
            long id, long eventTime, long time, LabelKind kind, float label, float replaced) {
        return new ResolvedLabel(EventId.of(id), eventTime, time, kind, label, replaced, 0);
    }
}
