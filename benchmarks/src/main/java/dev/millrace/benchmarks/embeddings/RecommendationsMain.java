package dev.millrace.benchmarks.embeddings;

import dev.millrace.benchmarks.embeddings.LearnerJob.Moment;
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
import dev.millrace.operators.learner.LearnerOptions;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.ranking.RankingLearner;
import dev.millrace.operators.ranking.RankingOptions;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.configuration.Configuration;

/**
 * Measures how many requests a learner that ranks answers in a second of its thread's processor time, in this JVM. Prints a line per
 * round: the value.
 */
final class RecommendationsMain {

    static final int DIMENSIONS = 32;

    /** What a model sees of a candidate. */
    enum Inputs {
        /** The product of its vector with that of the user's last items, and nothing else. */
        VECTORS,
        /** Counts and pairs, through a hidden layer. */
        COUNTS
    }

    /** Next to none: to rank 100,000 candidates for each of 100,000 events would take longer than all that is measured. */
    private static final float MEASURED = 1e-6f;

    private RecommendationsMain() {}

    /** @param arguments inputs, how many rounds, requests of a round */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        int requests = Integer.parseInt(arguments[2]);
        try (LearnerJob job = LearnerJob.start(
                new Configuration(),
                new TakesAndRequests(),
                learner(Inputs.valueOf(arguments[0])),
                RankingLearner.RECOMMENDATIONS)) {
            Moment before = job.after(requests);
            for (int round = 1; round <= rounds; round++) {
                Moment now = job.after(before.outputs() + requests);
                System.out.println(now.perLearnerSecond(before));
                before = now;
            }
        }
        System.exit(0);
    }

    private static RankingLearner learner(Inputs inputs) {
        boolean ofVectors = inputs == Inputs.VECTORS;
        RankingSpec ranking = new RankingSpec(
                ofVectors ? List.of(CandidateInput.SIMILARITY) : RankingSpec.DEFAULT_INPUTS,
                RankingSpec.DEFAULT_LAST,
                RankingSpec.DEFAULT_HISTORY,
                RankingSpec.DEFAULT_NEGATIVES,
                ofVectors ? DIMENSIONS : 0,
                MEASURED,
                false);
        NetworkSpec network = new NetworkSpec(
                ranking.inputs().size(),
                Task.RANKING,
                1,
                ofVectors ? List.of() : List.of(new LayerSpec.Dense(16, Activation.RELU)),
                new LossSpec.ListwiseSoftmax(),
                new OptimizerSpec.Adam(0.01f),
                Regularization.NONE,
                1,
                EngineChoice.AUTO);
        RankingOptions options = new RankingOptions(
                "recommendations",
                network,
                ranking,
                ModelShape.of(network, ranking.inputNames(), ranking.standardised()),
                LearnerOptions.DEFAULT_LIVE_MODEL_BYTES);
        return new RankingLearner(options, Order.ARRIVAL, OptionalLong.empty());
    }
}
