package dev.millrace.operators.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.Recommendation;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.features.ranking.CandidateInput;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.Test;

class VectorSearchTest {

    private static final int ITEMS = 700;

    /** More items than a block, not a multiple of it; the slow way is asked for by naming every item as a candidate. */
    @Test
    void findsWhatTheEngineFindsToTheLastBit() throws Exception {
        RankingSpec ranking = new RankingSpec(List.of(CandidateInput.SIMILARITY), 5, 20, 10, 7, 1, false);
        NetworkSpec network = new NetworkSpec(
                1,
                Task.RANKING,
                1,
                List.of(),
                new LossSpec.ListwiseSoftmax(),
                new OptimizerSpec.Adam(0.01f),
                Regularization.NONE,
                5,
                EngineChoice.AUTO);
        ModelShape shape = ModelShape.of(network, ranking.inputNames(), ranking.standardised());
        RankingOptions options = new RankingOptions("model", network, ranking, shape, 1 << 20);
        List<String> all =
                IntStream.range(0, ITEMS).mapToObj(item -> "i" + item).toList();
        Random random = new Random(2);
        try (OperatorRun<Integer, ShardInput, ScoredLabel> run = new OperatorRun<>(
                () -> new RankingLearner(options, Order.ARRIVAL, OptionalLong.empty()),
                input -> 0,
                Types.INT,
                StateBackends.HASH_MAP,
                1,
                List.of())) {
            for (int i = 0; i < 3_000; i++) {
                run.step(Step.take(new Example(EventId.of(i), i, 0, Float.NaN, 1, "", new float[0], new String[][] {
                    {"u" + random.nextInt(50)}, {all.get(random.nextInt(ITEMS))}
                })));
            }
            List<List<Recommendation.Item>> fast = new ArrayList<>();
            List<List<Recommendation.Item>> slow = new ArrayList<>();
            for (int user = 0; user < 50; user++) {
                fast.add(answer(run, user, List.of()));
                slow.add(answer(run, user, all));
            }
            assertThat(fast).isEqualTo(slow);
            assertThat(fast).allSatisfy(answer -> assertThat(answer).hasSize(20));
        }
    }

    private static List<Recommendation.Item> answer(
            OperatorRun<Integer, ShardInput, ScoredLabel> run, int user, List<String> candidates) throws Exception {
        run.step(Step.take(
                new RecommendationRequest(EventId.of(user), 0, 0, "u" + user, 20, candidates, List.of("i3", "i300"))));
        return run.takeSideOutput(RankingLearner.RECOMMENDATIONS).get(0).items();
    }
}
