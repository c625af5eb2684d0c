package dev.millrace.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.LabelKind;
import dev.millrace.events.Prediction;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.summary.EndReport;
import dev.millrace.operators.summary.ModelSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnlineLearnerTest extends SnapshotContract<Integer, ShardInput, ScoredLabel> {

    private static final int INPUTS = 3;
    private static final int SHARDS = 2;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final ShardKeys KEYS = new ShardKeys(SHARDS, OperatorRun.MAX_PARALLELISM);

    /** Room for one live model only, so that the shards of a subtask push each other out. */
    private static final long ONE_LIVE_MODEL = 1;

    private static LearnerOptions options(int batchRows, Duration maxDelay) {
        NetworkSpec network = new NetworkSpec(
                INPUTS,
                Task.BINARY,
                1,
                List.of(new LayerSpec.Dense(4, Activation.RELU)),
                new LossSpec.CrossEntropy(1),
                new OptimizerSpec.Adam(0.01f),
                Regularization.NONE,
                42,
                EngineChoice.AUTO);
        ModelShape shape = ModelShape.of(network, List.of("a", "b", "c"), new boolean[] {true, true, false});
        return new LearnerOptions("model", network, shape, batchRows, maxDelay, Duration.ofHours(2), ONE_LIVE_MODEL);
    }

    private static OperatorRun.Operator<ShardInput, ScoredLabel> learner(LearnerOptions options, Order order) {
        return () -> new OnlineLearner(options, order, OptionalLong.of(600 * MINUTE));
    }

    @Override
    protected OperatorRun.Operator<ShardInput, ScoredLabel> operator(Order order) {
        return learner(options(2, Duration.ofMinutes(30)), order);
    }

    @Override
    protected KeySelector<ShardInput, Integer> key() {
        return input -> KEYS.keyOf(input.shard());
    }

    @Override
    protected TypeInformation<Integer> keyType() {
        return Types.INT;
    }

    @Override
    protected List<Step<ShardInput>> script() {
        List<Step<ShardInput>> script = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 6; i++) {
            script.add(Step.take(example(i, i * MINUTE, i % SHARDS, random)));
        }
        script.add(Step.watermark(4 * MINUTE));
        script.add(Step.take(label(9, 9, 40, 1, 1)));
        script.add(Step.take(label(2, 2, 20, 1, 0)));
        script.add(Step.take(label(0, 0, 21, 0, 0)));
        script.add(Step.take(label(1, 1, 22, 1, 1)));
        script.add(Step.watermark(30 * MINUTE));
        script.add(Step.take(example(9, 9 * MINUTE, 1, random)));
        script.add(Step.take(label(3, 3, 50, 1, 1)));
        script.add(Step.take(label(4, 4, 50, 0, 0)));
        script.add(Step.watermark(100 * MINUTE));
        script.add(Step.take(label(5, 5, 110, 1, 1)));
        script.add(Step.take(example(20, 115 * MINUTE, 0, random)));
        script.add(Step.watermark(120 * MINUTE));
        script.add(Step.end());
        return script;
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<Integer, ShardInput, ScoredLabel> run) {
        return List.of(
                texts(run.output(), Codecs.SCORED_LABEL),
                texts(run.sideOutput(OnlineLearner.PREDICTIONS), Codecs.PREDICTION),
                texts(run.sideOutput(OnlineLearner.MODELS), EndReport.CODEC));
    }

    private static <T> List<String> texts(List<T> values, Codec<T> codec) {
        return values.stream()
                .map(value -> HexFormat.of().formatHex(codec.toBytes(value)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void anExampleWithItsLabelIsScoredByTheWeightsBeforeItsOwnMiniBatch(Order order) throws Exception {
        try (var run = new OperatorRun<>(
                learner(options(1, null), order), key(), keyType(), StateBackends.HASH_MAP, 1, List.of())) {
            Random random = new Random(1);
            for (int i = 0; i < 3; i++) {
                run.step(Step.take(labelled(i, i * MINUTE, i % 2, random)));
            }
            run.step(Step.end());
            assertThat(run.sideOutput(OnlineLearner.PREDICTIONS))
                    .extracting(Prediction::modelVersion)
                    .containsExactly(0L, 1L, 2L);
            assertThat(run.sideOutput(OnlineLearner.PREDICTIONS))
                    .extracting(Prediction::newestLabelTime)
                    .containsExactly(Long.MIN_VALUE, 0L, MINUTE);
            assertThat(run.output()).extracting(ScoredLabel::modelVersion).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void aLabelIsMeasuredAgainstTheScoreItsEventWasGiven() throws Exception {
        try (var run = new OperatorRun<>(
                learner(options(1, null), Order.ARRIVAL), key(), keyType(), StateBackends.HASH_MAP, 1, List.of())) {
            Random random = new Random(2);
            run.step(Step.take(example(1, 0, 0, random)));
            run.step(Step.take(labelled(2, MINUTE, 1, random)));
            run.step(Step.take(label(1, 0, 5, 1, 0)));
            ScoredLabel late = run.output().get(1);
            Prediction first = run.sideOutput(OnlineLearner.PREDICTIONS).get(0);
            assertThat(late.id()).isEqualTo(first.id());
            assertThat(late.scores()).isEqualTo(first.scores());
            assertThat(late.modelVersion()).isZero();
        }
    }

    @Test
    void aLabelThatOvertakesItsExampleWaitsForIt() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.ARRIVAL, 1, List.of())) {
            run.step(Step.take(label(1, 1, 3, 1, 0)));
            assertThat(run.output()).isEmpty();
            run.step(Step.take(example(1, MINUTE, 0, new Random(3))));
            assertThat(run.output()).singleElement().satisfies(label -> assertThat(label.label())
                    .isEqualTo(1));
        }
    }

    @Test
    void aRevisionNamesTheLabelItReplacesAndTheSameLabelAgainTrainsNothing() throws Exception {
        try (var run = new OperatorRun<>(
                learner(options(1, null), Order.ARRIVAL), key(), keyType(), StateBackends.HASH_MAP, 1, List.of())) {
            run.step(Step.take(example(1, 0, 0, new Random(3))));
            run.step(Step.take(new ResolvedLabel(EventId.of(1), 0, 10, LabelKind.ASSUMED, 0, Event.NO_LABEL, 0)));
            run.step(Step.take(new ResolvedLabel(EventId.of(1), 0, 20, LabelKind.REVISED, 0, 0, 0)));
            run.step(Step.take(new ResolvedLabel(EventId.of(1), 0, 30, LabelKind.REVISED, 1, 0, 0)));
            run.endInput();
            assertThat(run.output()).extracting(ScoredLabel::replaced).containsExactly(Event.NO_LABEL, 0f, 0f);
            assertThat(run.output())
                    .extracting(ScoredLabel::replacedKind)
                    .containsExactly(LabelKind.REAL, LabelKind.ASSUMED, LabelKind.REVISED);
            assertThat(model(run, 0).updates()).isEqualTo(2);
        }
    }

    @Test
    void aRepeatedIdIsScoredAndNotTrained() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.ARRIVAL, 1, List.of())) {
            Random random = new Random(4);
            run.step(Step.take(example(1, 0, 0, random)));
            run.step(Step.take(example(1, MINUTE, 0, random)));
            run.step(Step.take(label(1, 0, 5, 1, 0)));
            assertThat(run.sideOutput(OnlineLearner.PREDICTIONS)).hasSize(2);
            assertThat(run.output()).hasSize(1);
        }
    }

    @Test
    void aPartFullMiniBatchIsTrainedAfterMaxDelayAndNotAtTheEnd() throws Exception {
        Random random = new Random(5);
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(labelled(1, 0, 0, random)));
            run.step(Step.watermark(30 * MINUTE - 1));
            run.step(Step.take(labelled(2, 30 * MINUTE, 1, random)));
            run.step(Step.take(labelled(3, 40 * MINUTE, 0, random)));
            run.step(Step.take(labelled(4, 590 * MINUTE, 1, random)));
            run.step(Step.end());
            run.endInput();
            ModelSnapshot shard = model(run, 0);
            // Rows 1 and 2 fill one mini-batch; 3 is overdue at 70 minutes; 4 would be due beyond the horizon.
            assertThat(shard.updates()).isEqualTo(2);
            assertThat(shard.waitingRows()).isEqualTo(1);
            assertThat(shard.progress().trainedRows()).isEqualTo(3);
        }
    }

    @Test
    void inEventTimeOrderEveryArrivalOrderGivesTheSameBits() throws Exception {
        List<ShardInput> records = new ArrayList<>();
        for (Step<ShardInput> step : script()) {
            if (step instanceof Step.Take<ShardInput> take) {
                records.add(take.value());
            }
        }
        List<List<String>> first = null;
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(records, new Random(seed));
            try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1 + seed % 2, List.of())) {
                for (ShardInput value : records) {
                    run.step(Step.take(value));
                    if (seed % 3 == 0) {
                        run.step(Step.watermark(-1));
                    }
                }
                run.step(Step.end());
                run.endInput();
                List<List<String>> outputs = outputs(run).stream()
                        .map(output -> output.stream().sorted().toList())
                        .toList();
                first = first == null ? outputs : first;
                assertThat(outputs).isEqualTo(first);
            }
        }
    }

    @Test
    void pendingEntriesEndWithKeepAndOnlyModelsStay() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            for (Step<ShardInput> step : script().subList(0, script().size() - 1)) {
                run.step(step);
            }
            run.step(Step.watermark(500 * MINUTE));
            run.snapshot(1);
            assertThat(run.scheduledInstants()).isZero();
            for (int id = 0; id < 21; id++) {
                assertThat(run.stateEntries(EventId.of(id))).isZero();
            }
        }
    }

    private static ModelSnapshot model(OperatorRun<Integer, ShardInput, ScoredLabel> run, int shard) {
        return run.sideOutput(OnlineLearner.MODELS).stream()
                .map(ModelSnapshot.class::cast)
                .filter(model -> model.progress().shard() == shard)
                .findFirst()
                .orElseThrow();
    }

    private static ShardInput example(long id, long time, int shard, Random random) {
        return new Example(EventId.of(id), time, shard, Event.NO_LABEL, 1, "card", inputs(random));
    }

    private static ShardInput labelled(long id, long time, float label, Random random) {
        return new Example(EventId.of(id), time, 0, label, 1, "card", inputs(random));
    }

    private static float[] inputs(Random random) {
        float[] inputs = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            inputs[i] = (float) random.nextGaussian() * 10;
        }
        return inputs;
    }

    private static ShardInput label(long id, long eventMinute, long minute, float label, int shard) {
        return new ResolvedLabel(
                EventId.of(id), eventMinute * MINUTE, minute * MINUTE, LabelKind.REAL, label, Event.NO_LABEL, shard);
    }
}
