package dev.millrace.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.alerts.AlertRules;
import dev.millrace.events.Alert;
import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.Prediction;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.features.NegativeSampling;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The learner with alerts: what it puts out beside its predictions. */
class LearnerAlertsTest extends SnapshotContract<Integer, ShardInput, ScoredLabel> {

    private static final int SHARDS = 2;
    private static final int PLACES = 3;
    private static final float ABOVE = 0.55f;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;
    private static final long HORIZON = 4 * DAY;
    private static final ShardKeys KEYS = new ShardKeys(SHARDS, OperatorRun.MAX_PARALLELISM);

    private static LearnerOptions options(int reasons) {
        NetworkSpec network = new NetworkSpec(
                3,
                Task.BINARY,
                1,
                List.of(new LayerSpec.Dense(4, Activation.RELU)),
                new LossSpec.CrossEntropy(1),
                new OptimizerSpec.Adam(0.05f),
                Regularization.NONE,
                42,
                EngineChoice.AUTO);
        return new LearnerOptions(
                "model",
                network,
                EmbeddingSpec.NONE,
                ModelShape.of(
                        network, List.of("amount", "channel=web", "channel=shop"), new boolean[] {true, false, false}),
                2,
                null,
                null,
                LearnerOptions.DEFAULT_LIVE_MODEL_BYTES,
                NegativeSampling.NONE,
                new AlertOptions(new AlertRules(PLACES, ZONE, ABOVE), reasons, List.of("amount", "channel", "channel")),
                null);
    }

    @Override
    protected OperatorRun.Operator<ShardInput, ScoredLabel> operator(Order order) {
        return () -> new OnlineLearner(options(2), order, OptionalLong.of(HORIZON));
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
        for (int i = 0; i < 30; i++) {
            script.add(Step.take(example(i, i * 2 * HOUR + random.nextInt(1000), i % SHARDS, random)));
            if (i % 7 == 6) {
                script.add(Step.watermark((i - 1) * 2 * HOUR));
            }
        }
        script.add(Step.end());
        return script;
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<Integer, ShardInput, ScoredLabel> run) {
        return List.of(
                texts(run.sideOutput(OnlineLearner.PREDICTIONS), Codecs.PREDICTION),
                texts(run.sideOutput(OnlineLearner.ALERTS), Codecs.ALERT));
    }

    private static <T> List<String> texts(List<T> values, Codec<T> codec) {
        return values.stream()
                .map(value -> HexFormat.of().formatHex(codec.toBytes(value)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void eachShardPutsOutTheBestCardsOfEachDayAndWhatIsAboveTheThresholdAtOnce(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            for (Step<ShardInput> step : script()) {
                run.step(step);
            }
            List<Alert> alerts = run.sideOutput(OnlineLearner.ALERTS);
            List<Prediction> predictions = run.sideOutput(OnlineLearner.PREDICTIONS);
            for (int shard = 0; shard < SHARDS; shard++) {
                int wanted = shard;
                List<Prediction> ofShard = predictions.stream()
                        .filter(prediction -> prediction.shard() == wanted)
                        .toList();
                assertThat(alerts.stream()
                                .filter(alert -> alert.shard() == wanted && alert.kind() == Alert.Kind.DAILY)
                                .map(alert -> alert.day() + " " + alert.id() + " " + alert.score()))
                        .containsExactlyElementsOf(bestOfEachDay(ofShard));
                assertThat(alerts.stream()
                                .filter(alert -> alert.shard() == wanted && alert.kind() == Alert.Kind.IMMEDIATE)
                                .map(Alert::id))
                        .isNotEmpty()
                        .containsExactlyElementsOf(firstAboveOfCardAndDay(ofShard));
            }
        }
    }

    private static List<String> bestOfEachDay(List<Prediction> predictions) {
        Comparator<Prediction> order = Comparator.comparing(
                        (Prediction prediction) -> -prediction.scores()[0])
                .thenComparing(Prediction::time);
        TreeMap<LocalDate, Map<String, Prediction>> days = new TreeMap<>();
        predictions.stream().sorted(order).forEach(prediction -> days.computeIfAbsent(
                        day(prediction.time()), day -> new TreeMap<>())
                .putIfAbsent(prediction.reportingId(), prediction));
        List<String> best = new ArrayList<>();
        days.forEach((day, cards) -> cards.values().stream()
                .sorted(order)
                .limit(PLACES)
                .forEach(prediction ->
                        best.add(day + " " + prediction.id() + " " + prediction.scores()[0])));
        return best;
    }

    private static List<EventId> firstAboveOfCardAndDay(List<Prediction> predictions) {
        Set<String> seen = new HashSet<>();
        return predictions.stream()
                .filter(prediction -> prediction.scores()[0] > ABOVE)
                .filter(prediction -> seen.add(day(prediction.time()) + prediction.reportingId()))
                .map(Prediction::id)
                .toList();
    }

    private static LocalDate day(long time) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(time), ZONE);
    }

    @Test
    void alertsAreReadyWhenTheDayIsOverAndNotBefore() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(example(1, 5 * HOUR, 0, new Random(1))));
            run.step(Step.watermark(23 * HOUR - 2));
            assertThat(daily(run)).isEmpty();
            run.step(Step.watermark(23 * HOUR - 1));
            assertThat(daily(run)).singleElement().satisfies(alert -> {
                assertThat(alert.time()).isEqualTo(23 * HOUR - 1);
                assertThat(alert.day()).isEqualTo(LocalDate.EPOCH);
                assertThat(alert.place()).isZero();
            });
        }
    }

    /** Its features add up to what sets the score apart from that of an average event. */
    @Test
    void reasonsAreOfTheWeightsThatScored() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            for (Step<ShardInput> step : script()) {
                run.step(step);
            }
            List<Alert> alerts = run.sideOutput(OnlineLearner.ALERTS);
            assertThat(alerts).anyMatch(alert -> alert.modelVersion() > 3).allSatisfy(alert -> {
                assertThat(alert.reasons()).hasSizeBetween(1, 2);
                assertThat(alert.reasons())
                        .extracting(Alert.Reason::feature)
                        .doesNotHaveDuplicates()
                        .isSubsetOf("amount", "channel");
                double logOdds = StrictMath.log(alert.score() / (1.0 - alert.score()));
                double explained = alert.reasons().stream()
                        .mapToDouble(Alert.Reason::contribution)
                        .sum();
                // What is left is the log-odds of the baseline, which for these weights is small.
                assertThat(Math.abs(logOdds - explained)).isLessThan(1);
            });
        }
    }

    @Test
    void withoutReasonsNothingIsExplained() throws Exception {
        try (var run = new OperatorRun<>(
                () -> new OnlineLearner(options(0), Order.EVENT_TIME, OptionalLong.of(HORIZON)),
                key(),
                keyType(),
                StateBackends.HASH_MAP,
                1,
                List.of())) {
            for (Step<ShardInput> step : script()) {
                run.step(step);
            }
            assertThat(run.sideOutput(OnlineLearner.ALERTS))
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.reasons()).isEmpty());
        }
    }

    @Test
    void boardsEndWithTheirDay() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(example(1, 5 * HOUR, 0, new Random(1))));
            run.step(Step.watermark(6 * HOUR));
            run.snapshot(1);
            int open = run.stateEntries();
            assertThat(run.scheduledInstants()).isEqualTo(1);
            run.step(Step.watermark(2 * DAY));
            run.snapshot(2);
            assertThat(run.stateEntries()).isEqualTo(open - 1);
            assertThat(run.scheduledInstants()).isZero();
        }
    }

    private static List<Alert> daily(OperatorRun<Integer, ShardInput, ScoredLabel> run) {
        return run.sideOutput(OnlineLearner.ALERTS).stream()
                .filter(alert -> alert.kind() == Alert.Kind.DAILY)
                .toList();
    }

    private static ShardInput example(long id, long time, int shard, Random random) {
        float amount = (float) random.nextGaussian() * 10;
        boolean web = random.nextBoolean();
        float label = amount + (web ? 5 : -5) > 0 ? 1 : 0;
        return new Example(EventId.of(id), time, shard, label, 1, "card " + random.nextInt(6), new float[] {
            amount, web ? 1 : 0, web ? 0 : 1
        });
    }
}
