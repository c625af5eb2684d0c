package dev.millrace.operators.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.RankingOutcome;
import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.Recommendation;
import dev.millrace.events.Recommendation.Source;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.features.ranking.CandidateInput;
import dev.millrace.features.ranking.RankingSpec;
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
import dev.millrace.operators.learner.OnlineLearner;
import dev.millrace.operators.learner.ShardKeys;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.summary.EndReport;
import dev.millrace.operators.summary.ModelSnapshot;
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

class RankingLearnerTest extends SnapshotContract<Integer, ShardInput, ScoredLabel> {

    private static final int SHARDS = 2;
    private static final ShardKeys KEYS = new ShardKeys(SHARDS, OperatorRun.MAX_PARALLELISM);

    private static final RankingSpec EVERYTHING =
            new RankingSpec(List.of(CandidateInput.values()), 2, 4, 3, 2, 1, true);

    /** The operator that was built last. */
    private RankingLearner newest;

    private OperatorRun.Operator<ShardInput, ScoredLabel> learner(RankingSpec ranking, Order order) {
        NetworkSpec network = new NetworkSpec(
                ranking.inputs().size(),
                Task.RANKING,
                1,
                List.of(new LayerSpec.Dense(4, Activation.RELU)),
                new LossSpec.ListwiseSoftmax(),
                new OptimizerSpec.Adam(0.01f),
                Regularization.NONE,
                42,
                EngineChoice.AUTO);
        RankingOptions options = new RankingOptions(
                "model",
                network,
                ranking,
                ModelShape.of(network, ranking.inputNames(), ranking.standardised()),
                // Room for one live model, so that two shards push each other out.
                1);
        return () -> {
            newest = new RankingLearner(options, order, OptionalLong.of(1_000));
            return newest;
        };
    }

    @Override
    protected OperatorRun.Operator<ShardInput, ScoredLabel> operator(Order order) {
        return learner(EVERYTHING, order);
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
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            int user = random.nextInt(4);
            script.add(Step.take(taken(i, user % SHARDS, "u" + user, "i" + random.nextInt(12))));
            if (i % 15 == 14) {
                script.add(Step.watermark(i - 3));
            }
        }
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

    private static ShardInput taken(int id, int shard, String user, String item) {
        return new Example(EventId.of(id), id, shard, Float.NaN, 1, "", new float[0], new String[][] {{user}, {item}});
    }

    private static RecommendationRequest request(String user, int k, List<String> candidates, List<String> excluded) {
        return new RecommendationRequest(EventId.of("r"), 5_000, 0, user, k, candidates, excluded);
    }

    /** Two crowds with items of their own: what a user's crowd takes comes first, and what the user has does not come. */
    private static void twoCrowds(OperatorRun<Integer, ShardInput, ScoredLabel> run, int events) throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < events; i++) {
            int user = i % 400;
            int item = 2 * random.nextInt(12) + user % 2;
            run.step(Step.take(taken(i, 0, "u" + user, "i" + item)));
        }
    }

    private static List<String> ids(Recommendation answer) {
        return answer.items().stream().map(Recommendation.Item::id).toList();
    }

    @ParameterizedTest
    @EnumSource(StateBackends.class)
    void recommendsWhatUsersOfTheSameTasteTake(StateBackends backend) throws Exception {
        try (var run = new OperatorRun<>(learner(EVERYTHING, Order.ARRIVAL), key(), keyType(), backend, 1, List.of())) {
            twoCrowds(run, 2_400);
            run.step(Step.take(taken(1_000, 0, "new", "i4")));
            run.step(Step.take(request("new", 5, List.of(), List.of("i6"))));

            Recommendation answer =
                    run.sideOutput(RankingLearner.RECOMMENDATIONS).get(0);
            assertThat(answer.source()).isEqualTo(Source.MODEL);
            assertThat(ids(answer)).hasSize(5).doesNotContain("i4", "i6").allSatisfy(id -> assertThat(
                            Integer.parseInt(id.substring(1)) % 2)
                    .isZero());
            assertThat(answer.items())
                    .extracting(Recommendation.Item::score)
                    .isSortedAccordingTo((one, other) -> Float.compare(other, one));
            assertThat(answer.modelVersion()).isPositive();
        }
    }

    @Test
    void newUsersGetWhatIsPopularAndAreTold() throws Exception {
        try (var run = arriving()) {
            run.step(Step.take(taken(0, 0, "a", "rare")));
            run.step(Step.take(taken(1, 0, "a", "common")));
            run.step(Step.take(taken(2, 0, "b", "common")));
            run.step(Step.take(request("c", 10, List.of(), List.of())));
            Recommendation answer =
                    run.sideOutput(RankingLearner.RECOMMENDATIONS).get(0);
            assertThat(answer.source()).isEqualTo(Source.POPULARITY);
            assertThat(answer.items())
                    .containsExactly(
                            new Recommendation.Item("common", 2 / 3f), new Recommendation.Item("rare", 1 / 3f));
        }
    }

    @Test
    void unknownItemsOfARequestAreLeftOutAndCounted() throws Exception {
        try (var run = arriving()) {
            run.step(Step.take(taken(0, 0, "a", "x")));
            run.step(Step.take(taken(1, 0, "b", "y")));
            run.step(Step.take(request("a", 10, List.of("x", "y", "never", "seen"), List.of("ever"))));
            Recommendation answer =
                    run.sideOutput(RankingLearner.RECOMMENDATIONS).get(0);
            assertThat(ids(answer)).containsExactly("y");
            assertThat(answer.unknownItems()).isEqualTo(3);
            assertThat(newest.metrics.unknownItems.getCount()).isEqualTo(3);
        }
    }

    @Test
    void aShardWithoutEventsRecommendsNothing() throws Exception {
        try (var run = arriving()) {
            run.step(Step.take(request("a", 1_000, List.of(), List.of())));
            Recommendation answer =
                    run.sideOutput(RankingLearner.RECOMMENDATIONS).get(0);
            assertThat(answer.items()).isEmpty();
            assertThat(answer.modelVersion()).isZero();
            run.endInput();
            assertThat(run.sideOutput(OnlineLearner.MODELS)).isEmpty();
        }
    }

    /** In event-time order events wait for the watermark; a request is answered from what is known now. */
    @Test
    void requestsDoNotWait() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(taken(10, 0, "a", "x")));
            run.step(Step.watermark(20));
            run.step(Step.take(taken(30, 0, "a", "y")));
            run.step(Step.take(request("b", 10, List.of(), List.of())));
            assertThat(ids(run.sideOutput(RankingLearner.RECOMMENDATIONS).get(0)))
                    .containsExactly("x");
        }
    }

    @Test
    void requestsChangeNothing() throws Exception {
        assertThat(weightsAfter(false)).isEqualTo(weightsAfter(true));
    }

    private ModelSnapshot weightsOf(OperatorRun<Integer, ShardInput, ScoredLabel> run) throws Exception {
        run.endInput();
        return (ModelSnapshot) run.sideOutput(OnlineLearner.MODELS).get(0);
    }

    private String weightsAfter(boolean asked) throws Exception {
        try (var run = arriving()) {
            for (int i = 0; i < 100; i++) {
                run.step(Step.take(taken(i, 0, "u" + i % 7, "i" + i % 11)));
                if (asked) {
                    run.step(Step.take(request("u" + i % 9, 3, List.of(), List.of())));
                }
            }
            return HexFormat.of().formatHex(EndReport.CODEC.toBytes(weightsOf(run)));
        }
    }

    @Test
    void eventsWithoutUserOrItemAreCountedAndLeftOut() throws Exception {
        try (var run = arriving()) {
            run.step(Step.take(
                    new Example(EventId.of(1), 1, 0, Float.NaN, 1, "", new float[0], new String[][] {{}, {"x"}})));
            run.step(Step.take(
                    new Example(EventId.of(2), 2, 0, Float.NaN, 1, "", new float[0], new String[][] {{"a"}, {}})));
            assertThat(run.output()).isEmpty();
            assertThat(newest.metrics.unidentifiedEvents.getCount()).isEqualTo(2);
        }
    }

    @Test
    void anItemTakenAgainIsCountedForTheItemAndNotRanked() throws Exception {
        try (var run = arriving()) {
            run.step(Step.take(taken(0, 0, "a", "x")));
            run.step(Step.take(taken(1, 0, "a", "x")));
            assertThat(run.output()).hasSize(1);
            run.step(Step.take(taken(2, 0, "b", "y")));
            run.step(Step.take(request("c", 1, List.of(), List.of())));
            assertThat(run.sideOutput(RankingLearner.RECOMMENDATIONS).get(0).items())
                    .containsExactly(new Recommendation.Item("x", 2 / 3f));
        }
    }

    @Test
    void anItemIsRankedBeforeItIsLearned() throws Exception {
        try (var run = arriving()) {
            run.step(Step.take(taken(0, 0, "a", "x")));
            run.step(Step.take(taken(1, 0, "a", "y")));
            run.step(Step.take(taken(2, 0, "b", "x")));
            List<RankingOutcome> outcomes = run.output().stream()
                    .map(label -> RankingOutcome.fromScores(label.scores()))
                    .toList();
            assertThat(outcomes.get(0).rank()).isZero();
            assertThat(outcomes.get(0).candidates()).isZero();
            assertThat(outcomes.get(1).catalogue()).isEqualTo(1);
            assertThat(outcomes.get(2).candidates()).isEqualTo(2);
            // Both were taken once, and x was first.
            assertThat(outcomes.get(2).popularityRank()).isEqualTo(1);
            assertThat(outcomes.get(2).novelty()).isEqualTo(1);
        }
    }

    private OperatorRun<Integer, ShardInput, ScoredLabel> arriving() throws Exception {
        return start(StateBackends.HASH_MAP, Order.ARRIVAL, 1, List.of());
    }

    /** The codecs that savepoints name: one that is renamed makes those of earlier releases unreadable. */
    @Test
    void theCodecsInSavepointsKeepTheirNames() {
        assertThat(List.of(UserItems.CODEC, CatalogueStore.Header.CODEC))
                .extracting(codec -> codec.getClass().getName())
                .containsExactly(
                        "dev.millrace.operators.ranking.UserItems$UserItemsCodec",
                        "dev.millrace.operators.ranking.CatalogueStore$HeaderCodec");
    }
}
