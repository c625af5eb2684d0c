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
import dev.millrace.features.NegativeSampling;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.embeddings.Admission;
import dev.millrace.networks.embeddings.EmbeddingSlot;
import dev.millrace.networks.embeddings.EmbeddingSlot.Absent;
import dev.millrace.networks.embeddings.EmbeddingSlot.Pooling;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import dev.millrace.networks.embeddings.EmbeddingTable;
import dev.millrace.networks.embeddings.RowOptimizer;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.summary.EndReport;
import dev.millrace.operators.summary.ModelSnapshot;
import java.time.Duration;
import java.util.ArrayList;
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

/** The learner of a model with embeddings: rows of every kind of table. */
class EmbeddingLearnerTest extends SnapshotContract<Integer, ShardInput, ScoredLabel> {

    private static final int SHARDS = 2;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final ShardKeys KEYS = new ShardKeys(SHARDS, OperatorRun.MAX_PARALLELISM);

    /** Room for one live row only, so that they push each other out. */
    private static final long ONE_LIVE_ROW = 1;

    private static final EmbeddingSpec EMBEDDINGS = new EmbeddingSpec(
            List.of(
                    new EmbeddingTable(
                            "user",
                            2,
                            0.1f,
                            new RowOptimizer.Adagrad(0.1f),
                            0.001f,
                            Admission.ALWAYS,
                            Duration.ofHours(1)),
                    new EmbeddingTable("item", 2, 0.1f, new RowOptimizer.Adam(0.01f), 0, new Admission.After(3), null),
                    new EmbeddingTable("genre", 1, 0, new RowOptimizer.Sgd(0.1f), 0, new Admission.Chance(0.5f), null)),
            // One number stands between the rows.
            List.of(
                    new EmbeddingSlot("user", 0, 0, Pooling.MEAN, Absent.SHARED, Absent.ZEROS),
                    new EmbeddingSlot("item", 1, 3, Pooling.MEAN, Absent.ZEROS, Absent.SHARED),
                    new EmbeddingSlot("last items", 1, 5, Pooling.MEAN, Absent.ZEROS, Absent.SHARED),
                    new EmbeddingSlot("genre", 2, 7, Pooling.SUM, Absent.ZEROS, Absent.ZEROS)));

    private static LearnerOptions options(int batchRows) {
        NetworkSpec network = new NetworkSpec(
                8,
                Task.BINARY,
                1,
                List.of(),
                new LossSpec.CrossEntropy(1),
                new OptimizerSpec.Adam(0.01f),
                Regularization.NONE,
                42,
                EngineChoice.AUTO);
        ModelShape shape = ModelShape.of(
                network, EMBEDDINGS, List.of("u0", "u1", "n", "i0", "i1", "l0", "l1", "g"), new boolean[] {true});
        return new LearnerOptions(
                "model",
                network,
                EMBEDDINGS,
                shape,
                batchRows,
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                ONE_LIVE_ROW,
                NegativeSampling.NONE,
                null,
                null);
    }

    private static OperatorRun.Operator<ShardInput, ScoredLabel> learner(LearnerOptions options, Order order) {
        return () -> new OnlineLearner(options, order, OptionalLong.of(600 * MINUTE));
    }

    @Override
    protected OperatorRun.Operator<ShardInput, ScoredLabel> operator(Order order) {
        return learner(options(3), order);
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
        for (int i = 0; i < 8; i++) {
            script.add(Step.take(example(i, i * MINUTE, i % SHARDS, Event.NO_LABEL, random)));
        }
        script.add(Step.watermark(4 * MINUTE));
        script.add(Step.take(label(2, 2, 20, 1, 0)));
        script.add(Step.take(label(0, 0, 21, 0, 0)));
        for (int i = 20; i < 28; i++) {
            script.add(Step.take(example(i, i * MINUTE, i % SHARDS, i & 1, random)));
        }
        script.add(Step.watermark(30 * MINUTE));
        script.add(Step.take(label(1, 1, 50, 1, 1)));
        // Rows of users expire before these come.
        script.add(Step.watermark(150 * MINUTE));
        for (int i = 30; i < 36; i++) {
            script.add(Step.take(example(i, (130 + i) * MINUTE, i % SHARDS, i & 1, random)));
        }
        script.add(Step.watermark(170 * MINUTE));
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
    @EnumSource(StateBackends.class)
    void theDigestOfAShardCoversItsRows(StateBackends backend) throws Exception {
        try (var run = start(backend, Order.EVENT_TIME, 1, List.of())) {
            for (Step<ShardInput> step : script()) {
                run.step(step);
            }
            run.endInput();
            assertThat(run.sideOutput(OnlineLearner.MODELS))
                    .extracting(report -> ((ModelSnapshot) report).rows().rows())
                    .allSatisfy(rows -> assertThat(rows).isGreaterThan(3L));
        }
    }

    /** Users who like an item have nothing but their rows to tell it by. */
    @Test
    void learnsWhatOnlyRowsCanTell() throws Exception {
        OperatorRun.Operator<ShardInput, ScoredLabel> learner = learner(options(8), Order.ARRIVAL);
        Random random = new Random(1);
        double error = 0;
        int rows = 6_000;
        try (var run = new OperatorRun<>(learner, key(), keyType(), StateBackends.HASH_MAP, 1, List.of())) {
            for (int i = 0; i < rows; i++) {
                int user = random.nextInt(20);
                String[][] ids = {{"u" + user}, {"i" + user % 7}, {}, {}};
                float label = user % 2;
                run.step(Step.take(
                        new Example(EventId.of(i), i, 0, label, 1, "", new float[] {random.nextFloat()}, ids)));
            }
            List<Prediction> predictions = run.sideOutput(OnlineLearner.PREDICTIONS);
            List<ScoredLabel> labels = run.output();
            for (int i = rows / 2; i < rows; i++) {
                error += Math.abs(predictions.get(i).scores()[0] - labels.get(i).label()) / (rows / 2);
            }
        }
        assertThat(error).isLessThan(0.1);
    }

    private static ShardInput example(int id, long time, int shard, float label, Random random) {
        String[][] ids = {
            random.nextInt(4) == 0 ? new String[0] : new String[] {"u" + random.nextInt(3)},
            {"i" + random.nextInt(3)},
            {"i" + random.nextInt(3), "i" + random.nextInt(3)},
            {"drama", "war"}
        };
        return new Example(EventId.of(id), time, shard, label, 1, "", new float[] {random.nextFloat()}, ids);
    }

    private static ShardInput label(int id, int eventMinute, int labelMinute, float label, int shard) {
        return new ResolvedLabel(
                EventId.of(id),
                eventMinute * MINUTE,
                labelMinute * MINUTE,
                LabelKind.REAL,
                label,
                Event.NO_LABEL,
                shard);
    }
}
