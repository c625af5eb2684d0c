package dev.millrace.operators.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.events.Ordered;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedOperatorTest extends SnapshotContract<Integer, Tick, String> {

    private static final OptionalLong NO_HORIZON = OptionalLong.empty();

    @Override
    protected OperatorRun.Operator<Tick, String> operator(Order order) {
        return () -> new RecordingOperator(order, OptionalLong.of(300));
    }

    @Override
    protected KeySelector<Tick, Integer> key() {
        return Tick::key;
    }

    @Override
    protected TypeInformation<Integer> keyType() {
        return Types.INT;
    }

    @Override
    protected List<Step<Tick>> script() {
        List<Step<Tick>> script = new ArrayList<>();
        Random random = new Random(9);
        for (int i = 0; i < 24; i++) {
            Tick tick = Tick.of(random.nextInt(5), 10L * i + random.nextInt(60)).named("n" + random.nextInt(3));
            script.add(Step.take(random.nextBoolean() ? tick.scheduling(tick.time() + random.nextInt(300)) : tick));
            if (i % 8 == 7) {
                script.add(Step.watermark(10L * i - 1));
            }
        }
        script.add(Step.end());
        return script;
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<Integer, Tick, String> run) {
        return List.of(run.output());
    }

    @Test
    void recordsComeByTimeRankIdAndBytesOnceTheWatermarkHasPassedThem() throws Exception {
        List<Tick> sorted = List.of(
                Tick.of(7, 10),
                Tick.of(1, 20).ranked(Ordered.RANK_LATER_LABEL),
                Tick.of(2, 20),
                Tick.of(10, 20).named("x"),
                Tick.of(10, 20).named("y"),
                Tick.of(1, 20).ranked(Ordered.RANK_LABEL_AT_EVENT),
                Tick.of(0, 21));
        for (int seed = 0; seed < 10; seed++) {
            List<Tick> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
                for (Tick tick : shuffled) {
                    run.step(Step.take(tick));
                }
                assertThat(run.output()).isEmpty();
                run.step(Step.watermark(20));
                assertThat(names(run)).containsExactly("7a@10", "1a@20", "2a@20", "10x@20", "10y@20", "1a@20");
                run.step(Step.watermark(21));
                assertThat(names(run)).last().isEqualTo("0a@21");
            }
        }
    }

    @Test
    void beforeARecordComesEveryInstantBeforeItAndNoOther() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(Tick.of(1, 21)));
            run.step(Step.take(Tick.of(2, 20)));
            run.step(Step.take(Tick.of(1, 10).scheduling(20)));
            run.step(Step.take(Tick.of(2, 10).scheduling(19)));
            run.step(Step.take(Tick.of(3, 11).scheduling(22)));
            run.step(Step.watermark(21));
            assertThat(names(run))
                    .containsExactly("1a@10", "2a@10", "3a@11", "2 instant@19", "2a@20", "1 instant@20", "1a@21");
            run.step(Step.watermark(22));
            assertThat(names(run)).last().isEqualTo("3 instant@22");
        }
    }

    @Test
    void howTheWatermarkMovesChangesNothing() throws Exception {
        List<String> first = null;
        for (int stride : new int[] {1, 7, 100, 100_000}) {
            try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
                for (Step<Tick> step : script()) {
                    if (step instanceof Step.Take<Tick>) {
                        run.step(step);
                    }
                }
                for (long watermark = 0; watermark < 900; watermark += stride) {
                    run.step(Step.watermark(watermark));
                }
                run.step(Step.end());
                first = first == null ? run.output() : first;
                assertThat(run.output()).isEqualTo(first);
            }
        }
    }

    @Test
    void askingTwiceForAnInstantIsAskingOnce() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(Tick.of(1, 10).scheduling(30)));
            run.step(Step.take(Tick.of(1, 11).scheduling(30)));
            run.step(Step.take(Tick.of(2, 12).scheduling(30)));
            run.step(Step.watermark(30));
            assertThat(run.output())
                    .hasSize(5)
                    .startsWith("1a@10 #1", "1a@11 #2", "2a@12 #1")
                    .contains("1 instant@30 #3", "2 instant@30 #2");
        }
    }

    @Test
    void anInstantThatIsAlreadyPastComesWithTheNextStep() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.watermark(100));
            run.step(Step.take(Tick.of(1, 90).scheduling(50)));
            assertThat(names(run)).containsExactly("1a@90");
            run.step(Step.watermark(101));
            assertThat(names(run)).containsExactly("1a@90", "1 instant@50");
        }
    }

    @Test
    void aLateRecordIsHandledAtOnceAndCountedAndACopyIsDropped() throws Exception {
        InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
        InterceptingTaskMetricGroup task = new InterceptingTaskMetricGroup() {
            @Override
            public InternalOperatorMetricGroup getOrAddOperator(
                    OperatorID id, String name, Map<String, String> variables) {
                return metrics;
            }
        };
        try (var environment = new MockEnvironmentBuilder()
                        .setMaxParallelism(OperatorRun.MAX_PARALLELISM)
                        .setMetricGroup(task)
                        .build();
                var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                        new RecordingOperator(Order.EVENT_TIME, NO_HORIZON), key(), keyType(), environment)) {
            harness.open();
            harness.processWatermark(100);
            harness.processElement(new StreamRecord<>(Tick.of(1, 101)));
            harness.processElement(new StreamRecord<>(Tick.of(1, 101)));
            harness.processElement(new StreamRecord<>(Tick.of(2, 101)));
            assertThat(((Gauge<?>) metrics.get(OrderMetrics.BUFFERED_RECORDS)).getValue())
                    .isEqualTo(3);
            harness.processElement(new StreamRecord<>(Tick.of(1, 100)));
            assertThat(harness.extractOutputValues()).containsExactly("1a@100 #1");
            assertThat(((Counter) metrics.get(OrderMetrics.LATE_RECORDS)).getCount())
                    .isEqualTo(1);

            harness.processWatermark(101);
            assertThat(harness.extractOutputValues()).containsExactly("1a@100 #1", "1a@101 #2", "2a@101 #1");
            assertThat(((Gauge<?>) metrics.get(OrderMetrics.COLLAPSED_RECORDS)).getValue())
                    .isEqualTo(1L);
            assertThat(((Gauge<?>) metrics.get(OrderMetrics.BUFFERED_RECORDS)).getValue())
                    .isEqualTo(0);
        }
    }

    @Test
    void inArrivalOrderRecordsComeAtOnceAndInstantsWithTheWatermark() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.ARRIVAL, 1, List.of())) {
            run.step(Step.take(Tick.of(1, 20).scheduling(30)));
            run.step(Step.take(Tick.of(2, 10)));
            run.step(Step.take(Tick.of(2, 10)));
            assertThat(names(run)).containsExactly("1a@20", "2a@10", "2a@10");
            run.step(Step.watermark(29));
            run.step(Step.take(Tick.of(2, 40)));
            run.step(Step.watermark(30));
            assertThat(names(run)).endsWith("2a@40", "1 instant@30");
        }
    }

    @Test
    void withoutAHorizonNothingFollowsFromTheEndOfTheInput() throws Exception {
        try (var run = start(NO_HORIZON)) {
            run.step(Step.take(Tick.of(1, 10).scheduling(20)));
            run.step(Step.take(Tick.of(1, 30).scheduling(40)));
            run.step(Step.watermark(25));
            run.step(Step.end());
            assertThat(names(run)).containsExactly("1a@10", "1 instant@20", "1a@30", "1 remaining@40");
        }
    }

    @Test
    void instantsUpToTheHorizonAreHandledAndLaterOnesRemain() throws Exception {
        try (var run = start(OptionalLong.of(100))) {
            run.step(Step.take(Tick.of(1, 10).scheduling(100)));
            run.step(Step.take(Tick.of(2, 20).scheduling(101)));
            run.step(Step.take(Tick.of(3, 150).scheduling(99)));
            run.step(Step.end());
            assertThat(names(run))
                    .containsExactly("1a@10", "2a@20", "1 instant@100", "3a@150", "3 remaining@99", "2 remaining@101");
        }
    }

    /** Labels may go on for weeks after the last event, and their watermark with them. */
    @ParameterizedTest
    @ValueSource(longs = {0, 101, 130, 200, 100_000})
    void aWatermarkBeyondTheHorizonConcludesNoMoreThanTheEnd(long watermark) throws Exception {
        try (var run = start(OptionalLong.of(100))) {
            run.step(Step.take(Tick.of(1, 10).scheduling(120)));
            run.step(Step.take(Tick.of(2, 130)));
            run.step(Step.take(Tick.of(3, 20).scheduling(90)));
            run.step(Step.watermark(watermark));
            run.step(Step.end());
            assertThat(names(run)).containsExactly("1a@10", "3a@20", "3 instant@90", "2a@130", "1 remaining@120");
        }
    }

    @Test
    void whatWasBufferedLeavesNoState() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 2, List.of())) {
            for (int key = 0; key < 20; key++) {
                run.step(Step.take(Tick.of(key, 10 + key)));
            }
            run.snapshot(1);
            int buffered = run.stateEntries();
            assertThat(buffered).isPositive();
            run.step(Step.watermark(100));
            run.snapshot(2);
            // What stays is the one value that the operator under test keeps per key.
            assertThat(run.stateEntries()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @EnumSource(StateBackends.class)
    void whatMemoryHasNoRoomForWaitsInStateAndLeavesNothingThere(StateBackends backend) throws Exception {
        List<Tick> ticks = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            ticks.add(Tick.of(random.nextInt(60), random.nextInt(150)).named("n" + random.nextInt(2)));
        }
        List<String> expected;
        try (var roomy = start(backend, Order.EVENT_TIME, 1, List.of())) {
            for (Tick tick : ticks) {
                roomy.step(Step.take(tick));
            }
            roomy.step(Step.watermark(200));
            expected = roomy.output();
        }
        List<OperatorSubtaskState> snapshot;
        try (var crowded = crowded(backend, 2, List.of())) {
            for (Tick tick : ticks) {
                crowded.step(Step.take(tick));
            }
            snapshot = crowded.snapshot(1);
        }
        try (var crowded = crowded(backend, 1, snapshot)) {
            for (long watermark = 0; watermark <= 200; watermark += 10) {
                crowded.step(Step.watermark(watermark));
            }
            assertThat(crowded.output()).isEqualTo(expected);
            crowded.snapshot(2);
            if (backend == StateBackends.HASH_MAP) {
                long keys = ticks.stream().map(Tick::key).distinct().count();
                assertThat(crowded.stateEntries()).isEqualTo((int) keys);
            }
        }
    }

    @Test
    void memoryForTheBufferIsAtLeastOneRecord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordingOperator(Order.EVENT_TIME, NO_HORIZON).holdInMemory(0))
                .withMessageContaining("at least 1, got 0");
    }

    @Test
    void aRecordIsKeptAndNotTheObjectThatCarriedIt() throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new RecordingOperator(Order.EVENT_TIME, NO_HORIZON), key(), keyType())) {
            harness.getExecutionConfig().enableObjectReuse();
            harness.open();
            StreamRecord<Tick> reused = new StreamRecord<>(Tick.of(1, 30));
            harness.processElement(reused);
            harness.processElement(reused.replace(Tick.of(2, 20)));
            harness.processElement(reused.replace(Tick.of(3, 10)));
            harness.processWatermark(30);
            assertThat(harness.extractOutputValues()).containsExactly("3a@10 #1", "2a@20 #1", "1a@30 #1");
        }
    }

    @Test
    void aBufferOfEventTimeIsWorkedOffInArrivalOrderToo() throws Exception {
        try (var before = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 2, List.of())) {
            for (int key = 0; key < 6; key++) {
                before.step(Step.take(Tick.of(key, 60 - key)));
            }
            var snapshot = before.snapshot(1);
            try (var after = start(StateBackends.HASH_MAP, Order.ARRIVAL, 1, snapshot)) {
                after.step(Step.take(Tick.of(9, 70)));
                after.step(Step.watermark(100));
                assertThat(names(after)).containsExactly("9a@70", "5a@55", "4a@56", "3a@57", "2a@58", "1a@59", "0a@60");
            }
        }
    }

    private OperatorRun<Integer, Tick, String> crowded(
            StateBackends backend, int parallelism, List<OperatorSubtaskState> snapshot) throws Exception {
        OperatorRun.Operator<Tick, String> operator = () -> {
            RecordingOperator created = new RecordingOperator(Order.EVENT_TIME, NO_HORIZON);
            created.holdInMemory(10);
            return created;
        };
        return new OperatorRun<>(operator, key(), keyType(), backend, parallelism, snapshot);
    }

    private OperatorRun<Integer, Tick, String> start(OptionalLong horizon) throws Exception {
        return new OperatorRun<>(
                () -> new RecordingOperator(Order.EVENT_TIME, horizon),
                key(),
                keyType(),
                StateBackends.HASH_MAP,
                1,
                List.of());
    }

    /** Without the count of calls. */
    private static List<String> names(OperatorRun<Integer, Tick, String> run) {
        return run.output().stream()
                .map(told -> told.substring(0, told.indexOf(" #")))
                .toList();
    }
}
