package dev.millrace.operators.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.AggregatesInput;
import dev.millrace.events.Codecs;
import dev.millrace.events.EntityIds;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.features.aggregates.Aggregate;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.features.aggregates.History;
import dev.millrace.features.aggregates.Window;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntityAggregatesTest extends SnapshotContract<String, AggregatesInput, Event> {

    private static final EventSchema SCHEMA =
            new EventSchema(List.of(new Field("card", FieldType.ID), new Field("amount", FieldType.NUMBER)));
    private static final Window WINDOW = Window.of(Duration.ofMillis(100));
    private static final Window BEFORE = new Window(Duration.ofMillis(100), Duration.ofMillis(50));
    /** One live entity: each switch between two writes one to state and reads the other. */
    private static final EntityAggregatesOptions OPTIONS = new EntityAggregatesOptions(
            SCHEMA,
            0,
            new EntityFeatures(
                    "card",
                    List.of(
                            new Aggregate.Count(WINDOW),
                            new Aggregate.Summary(Aggregate.Statistic.MEAN, "amount", WINDOW),
                            new Aggregate.Positives(WINDOW),
                            new Aggregate.Rate(BEFORE)),
                    new History(2, Duration.ofMillis(100), List.of(new History.Value("amount", List.of())))),
            false,
            Duration.ofMillis(20),
            1);

    /** Where the numbers of the operator begin. */
    private static final int COUNT = 1;

    private static final int MEAN = 2;
    private static final int POSITIVES = 3;
    private static final int RATE = 4;
    private static final int STEP_1_PRESENT = 5;
    private static final int STEP_2_AMOUNT = 8;

    @Override
    protected OperatorRun.Operator<AggregatesInput, Event> operator(Order order) {
        return () -> new EntityAggregates(OPTIONS, order);
    }

    @Override
    protected KeySelector<AggregatesInput, String> key() {
        return new EntityKeys(OPTIONS);
    }

    @Override
    protected TypeInformation<String> keyType() {
        return Types.STRING;
    }

    @Override
    protected List<Step<AggregatesInput>> script() {
        return List.of(
                Step.take(event(1, "a", 10, 5)),
                Step.take(event(2, "b", 12, 7)),
                Step.take(event(4, "a", 30, 8)),
                Step.take(event(3, "a", 25, 6)),
                Step.watermark(28),
                Step.take(label(1, "a", 10, 40, 1)),
                Step.take(event(5, null, 41, 1)),
                Step.take(event(6, "a", 45, 9)),
                Step.watermark(60),
                Step.take(label(2, "b", 12, 70, 1)),
                Step.take(label(1, "a", 10, 80, 0)),
                Step.take(event(7, "b", 90, 2)),
                Step.take(event(8, "a", 95, 3)),
                Step.watermark(140),
                Step.take(event(9, "b", 300, 2)),
                Step.end());
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<String, AggregatesInput, Event> run) {
        return List.of(run.output().stream()
                .map(event -> HexFormat.of().formatHex(Codecs.EVENT.toBytes(event)))
                .toList());
    }

    @Test
    void anEventGainsWhatThePastOfItsEntitySays() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            for (Step<AggregatesInput> step : beforeTheEnd()) {
                run.step(step);
            }
            run.step(Step.watermark(300));
            Event third = find(run, 4);
            assertThat(third.number(COUNT)).isEqualTo(3);
            assertThat(third.number(MEAN)).isEqualTo((5.0 + 6 + 8) / 3);
            assertThat(third.number(POSITIVES)).isZero();
            assertThat(third.number(STEP_1_PRESENT)).isEqualTo(1);
            assertThat(third.number(STEP_2_AMOUNT)).isEqualTo(8);
            assertThat(find(run, 6).number(POSITIVES)).isEqualTo(1);
            // Its label has been revised by then.
            assertThat(find(run, 8).number(POSITIVES)).isZero();
            assertThat(find(run, 7).number(RATE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void anEventOfNoEntityGainsMissingValues(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            run.step(Step.take(event(5, null, 41, 1)));
            run.step(Step.watermark(50));
            Event event = find(run, 5);
            assertThat(event.number(MEAN)).isNaN();
            assertThat(event.number(STEP_1_PRESENT)).isZero();
            assertThat(run.stateEntries()).isZero();
            assertThat(run.scheduledInstants()).isZero();
        }
    }

    @Test
    void inEventTimeOrderEveryArrivalOrderGivesTheSameOutput() throws Exception {
        List<AggregatesInput> records = new ArrayList<>();
        for (Step<AggregatesInput> step : script()) {
            if (step instanceof Step.Take<AggregatesInput> take) {
                records.add(take.value());
            }
        }
        List<List<String>> first = null;
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(records, new Random(seed));
            try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
                for (AggregatesInput value : records) {
                    run.step(Step.take(value));
                }
                run.step(Step.end());
                List<List<String>> outputs = outputs(run);
                first = first == null ? outputs : first;
                assertThat(outputs).isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void stateReturnsToNothing(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            for (Step<AggregatesInput> step : beforeTheEnd()) {
                run.step(step);
            }
            run.snapshot(1);
            assertThat(run.stateEntries()).isPositive();
            run.step(Step.watermark(471));
            run.snapshot(2);
            assertThat(run.stateEntries()).isZero();
            assertThat(run.scheduledInstants()).isZero();
        }
    }

    /** In the order of arrival a label may be faster than its event. */
    @Test
    void aLabelThatOvertakesItsEventWaitsForIt() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.ARRIVAL, 1, List.of())) {
            run.step(Step.take(label(1, "a", 10, 10, 1)));
            run.step(Step.take(event(1, "a", 10, 5)));
            run.step(Step.take(event(2, "a", 20, 5)));
            assertThat(find(run, 2).number(POSITIVES)).isEqualTo(1);
        }
    }

    private List<Step<AggregatesInput>> beforeTheEnd() {
        return script().subList(0, script().size() - 1);
    }

    private static Event find(OperatorRun<String, AggregatesInput, Event> run, long id) {
        return run.output().stream()
                .filter(event -> event.id().equals(EventId.of(id)))
                .findFirst()
                .orElseThrow();
    }

    private static AggregatesInput event(long id, String card, long time, double amount) {
        return new Event(EventId.of(id), time, Event.NO_LABEL, new double[] {amount}, new String[] {card});
    }

    private static AggregatesInput label(long id, String card, long eventTime, long time, float label) {
        return new ResolvedLabel(
                EventId.of(id), eventTime, time, LabelKind.REAL, label, Event.NO_LABEL, 0, EntityIds.of(card));
    }
}
