package dev.millrace.operators.ranking;

import dev.millrace.evaluation.RankingOutcome;
import dev.millrace.events.EventId;
import dev.millrace.events.StableHash;
import dev.millrace.operators.ranking.TopItems.Ranked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures a ranking of all candidates by the item that the user took, and beside it what the baselines would have said. */
final class RankingMeter {

    private static final long SAMPLE_SEED = 0x73616D706C65L;
    private static final long SHOWN_SEED = 0x73686F776EL;
    private static final double LN_2 = StrictMath.log(2);

    private final CandidateRanker ranker;
    private final CandidateInputs inputs;
    private final @Nullable Factorisation factorisation;
    private final ItemDraw sample;

    /** @param factorisation null: no baselines are computed */
    RankingMeter(CandidateRanker ranker, CandidateInputs inputs, @Nullable Factorisation factorisation, long seed) {
        this.ranker = ranker;
        this.inputs = inputs;
        this.factorisation = factorisation;
        this.sample = new ItemDraw(seed ^ SAMPLE_SEED);
    }

    /**
     * Of candidates that the model has scored.
     *
     * @param taken null if the catalogue does not have it yet
     */
    RankingOutcome measure(Catalogue catalogue, UserItems user, @Nullable Item taken, EventId event) {
        Ranked[] shown = ranker.best(RankingOutcome.LIST);
        int[] buckets = new int[ranker.count() == 0 ? 0 : shown.length];
        double novelty = 0;
        for (int i = 0; i < buckets.length; i++) {
            Item item = shown[i].item();
            buckets[i] = StableHash.bucket(StableHash.of(item.id, SHOWN_SEED), RankingOutcome.BUCKETS);
            novelty -= StrictMath.log((double) item.taken / catalogue.events()) / LN_2;
        }
        boolean compares = taken != null && factorisation != null;
        return new RankingOutcome(
                taken == null ? 0 : ranker.rankOf(taken),
                compares ? rank(taken, item -> item.taken) : 0,
                compares ? rank(taken, item -> item.decayed) : 0,
                compares ? rank(taken, item -> inputs.lastPairs(item.number)) : 0,
                compares ? rank(taken, item -> factorisation.score(user, item)) : 0,
                taken == null ? 0 : sampledRank(catalogue, user, taken, event),
                ranker.count(),
                catalogue.size(),
                buckets.length == 0 ? 0 : (float) (novelty / buckets.length),
                user.count(),
                taken == null ? 0 : (int) Math.min(taken.taken, 1 << 24),
                buckets);
    }

    /** What a baseline orders candidates by; of equal ones, as everywhere, the more popular, then the older item comes first. */
    private interface Baseline {
        double score(Item item);
    }

    private int rank(Item taken, Baseline baseline) {
        double score = baseline.score(taken);
        int rank = 1;
        for (int i = 0; i < ranker.count(); i++) {
            Item item = ranker.candidate(i);
            double other = baseline.score(item);
            if (other > score || (other == score && TopItems.before(0, item, 0, taken))) {
                rank++;
            }
        }
        return rank;
    }

    private int sampledRank(Catalogue catalogue, UserItems user, Item taken, EventId event) {
        float score = ranker.scoreAt(ranker.indexOf(taken));
        List<Item> others = sample.draw(catalogue, user, taken, event, RankingOutcome.SAMPLED);
        int rank = 1;
        for (Item other : others) {
            if (TopItems.before(ranker.scoreAt(ranker.indexOf(other)), other, score, taken)) {
                rank++;
            }
        }
        return rank;
    }
}
