package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Ranks of the items that users took: how often each ranker put them on each of the first ten places, and what else there is to a
 * list.
 *
 * <p>Where the item was a candidate and no baseline ranked it, baselines were not computed: such an event counts for the model
 * alone. An item that was no candidate is a miss for all.
 */
final class RankingTally implements Tally {

    /** A user with fewer items, or an item with fewer events, is new. */
    static final int NEW = 5;

    /** Codecs write counts in this order: add at the end only. */
    private enum Ranker {
        MODEL(Metric.RECALL_AT_10, Metric.NDCG_AT_10),
        SAMPLED(Metric.SAMPLED_HIT_RATE_AT_10, Metric.SAMPLED_NDCG_AT_10),
        POPULARITY(Metric.POPULARITY_RECALL_AT_10, Metric.POPULARITY_NDCG_AT_10),
        DECAYED_POPULARITY(Metric.DECAYED_POPULARITY_RECALL_AT_10, Metric.DECAYED_POPULARITY_NDCG_AT_10),
        CO_OCCURRENCE(Metric.CO_OCCURRENCE_RECALL_AT_10, Metric.CO_OCCURRENCE_NDCG_AT_10),
        FACTORISATION(Metric.FACTORISATION_RECALL_AT_10, Metric.FACTORISATION_NDCG_AT_10);

        private static final Ranker[] ALL = values();

        private final Metric recall;
        private final Metric ndcg;

        Ranker(Metric recall, Metric ndcg) {
            this.recall = recall;
            this.ndcg = ndcg;
        }

        int rank(RankingOutcome outcome) {
            return switch (this) {
                case MODEL -> outcome.rank();
                case SAMPLED -> outcome.sampledRank();
                case POPULARITY -> outcome.popularityRank();
                case DECAYED_POPULARITY -> outcome.decayedRank();
                case CO_OCCURRENCE -> outcome.coOccurrenceRank();
                case FACTORISATION -> outcome.factorisationRank();
            };
        }

        boolean isBaseline() {
            return this != MODEL && this != SAMPLED;
        }
    }

    // Where the counts hold what. The layout of the codec: add at the end only.
    private static final int EVENTS = 0;
    private static final int INVALID = 1;
    private static final int WITH_BASELINES = 2;
    private static final int WITHOUT_BASELINES = 3;
    private static final int WITH_CANDIDATES = 4;
    private static final int CATALOGUE = 5;
    private static final int NEW_USERS = 6;
    private static final int NEW_USER_HITS = 7;
    private static final int NEW_ITEMS = 8;
    private static final int NEW_ITEM_HITS = 9;
    private static final int PLACES = 10;
    private static final int COUNTS = PLACES + Ranker.ALL.length * RankingOutcome.LIST;

    private final long[] counts = new long[COUNTS];
    private final ExactSum reciprocalRanks;
    private final ExactSum novelty;
    private final ShownItems shown;

    RankingTally() {
        this(new ExactSum(), new ExactSum(), new ShownItems());
    }

    private RankingTally(ExactSum reciprocalRanks, ExactSum novelty, ShownItems shown) {
        this.reciprocalRanks = reciprocalRanks;
        this.novelty = novelty;
        this.shown = shown;
    }

    @Override
    public ScoreKind kind() {
        return ScoreKind.RANKS;
    }

    @Override
    public int classes() {
        return 0;
    }

    @Override
    public void add(float[] scores, float label) {
        count(scores, label, 1);
    }

    @Override
    public void retract(float[] scores, float label) {
        count(scores, label, -1);
    }

    private void count(float[] scores, float label, int times) {
        kind().requireShape(scores, 0);
        if (!kind().isUsable(scores, label, 0)) {
            counts[INVALID] += times;
            return;
        }
        RankingOutcome outcome = RankingOutcome.fromScores(scores);
        counts[EVENTS] += times;
        counts[CATALOGUE] += times * (long) outcome.catalogue();
        boolean ranked = false;
        for (Ranker ranker : Ranker.ALL) {
            int rank = ranker.rank(outcome);
            ranked |= ranker.isBaseline() && rank > 0;
            if (RankingOutcome.isHit(rank)) {
                counts[place(ranker, rank)] += times;
            }
        }
        if (ranked) {
            counts[WITH_BASELINES] += times;
        } else if (outcome.rank() > 0) {
            counts[WITHOUT_BASELINES] += times;
        }
        boolean hit = RankingOutcome.isHit(outcome.rank());
        if (outcome.userItems() < NEW) {
            counts[NEW_USERS] += times;
            counts[NEW_USER_HITS] += hit ? times : 0;
        }
        if (outcome.itemEvents() < NEW) {
            counts[NEW_ITEMS] += times;
            counts[NEW_ITEM_HITS] += hit ? times : 0;
        }
        if (outcome.rank() > 0) {
            reciprocalRanks.add(times / (double) outcome.rank());
        }
        if (outcome.candidates() > 0) {
            counts[WITH_CANDIDATES] += times;
            novelty.add(times * (double) outcome.novelty());
        }
        for (int bucket : outcome.shown()) {
            shown.add(bucket, times);
        }
    }

    private static int place(Ranker ranker, int rank) {
        return PLACES + ranker.ordinal() * RankingOutcome.LIST + rank - 1;
    }

    @Override
    public void merge(Tally other) {
        combine(other, 1);
    }

    @Override
    public void subtract(Tally other) {
        combine(other, -1);
    }

    private void combine(Tally other, int times) {
        if (!(other instanceof RankingTally ranking)) {
            throw ScoreKind.mismatch(this, other);
        }
        for (int i = 0; i < COUNTS; i++) {
            counts[i] += times * ranking.counts[i];
        }
        reciprocalRanks.add(ranking.reciprocalRanks, times);
        novelty.add(ranking.novelty, times);
        shown.add(ranking.shown, times);
    }

    @Override
    public Tally copy() {
        RankingTally copy = new RankingTally();
        copy.merge(this);
        return copy;
    }

    @Override
    public long count() {
        return counts[EVENTS];
    }

    @Override
    public long positives() {
        return -1;
    }

    @Override
    public long invalid() {
        return counts[INVALID];
    }

    @Override
    public Metrics metrics() {
        long count = count();
        if (count <= 0) {
            return Metrics.NONE;
        }
        Metrics.Builder metrics = new Metrics.Builder();
        for (Ranker ranker : Ranker.ALL) {
            long of = ranker.isBaseline() ? compared() : count;
            metrics.with(ranker.recall, share(hits(ranker), of)).with(ranker.ndcg, gain(ranker) / of);
        }
        long hits = hits(Ranker.MODEL);
        return metrics.with(Metric.MRR, reciprocalRanks.value() / count)
                .with(Metric.RECALL_AT_10_NEW_USERS, share(counts[NEW_USER_HITS], counts[NEW_USERS]))
                .with(Metric.RECALL_AT_10_KNOWN_USERS, share(hits - counts[NEW_USER_HITS], count - counts[NEW_USERS]))
                .with(Metric.RECALL_AT_10_NEW_ITEMS, share(counts[NEW_ITEM_HITS], counts[NEW_ITEMS]))
                .with(Metric.RECALL_AT_10_KNOWN_ITEMS, share(hits - counts[NEW_ITEM_HITS], count - counts[NEW_ITEMS]))
                .with(Metric.COVERAGE_AT_10, coverage())
                .with(Metric.NOVELTY_AT_10, novelty.value() / counts[WITH_CANDIDATES])
                .build();
    }

    /** Events that baselines are measured on; 0 if they were never computed. */
    private long compared() {
        return counts[WITH_BASELINES] == 0 ? 0 : counts[EVENTS] - counts[WITHOUT_BASELINES];
    }

    private long hits(Ranker ranker) {
        long hits = 0;
        for (int rank = 1; rank <= RankingOutcome.LIST; rank++) {
            hits += counts[place(ranker, rank)];
        }
        return hits;
    }

    private double gain(Ranker ranker) {
        double gain = 0;
        for (int rank = 1; rank <= RankingOutcome.LIST; rank++) {
            gain += counts[place(ranker, rank)] * RankingOutcome.gain(rank);
        }
        return gain;
    }

    /** Not a number, and so no measure, of nothing. */
    private static double share(long part, long whole) {
        return (double) part / whole;
    }

    private OptionalDouble coverage() {
        OptionalDouble distinct = shown.distinct();
        double meanCatalogue = share(counts[CATALOGUE], counts[EVENTS]);
        return distinct.isPresent() && meanCatalogue > 0
                ? OptionalDouble.of(distinct.getAsDouble() / meanCatalogue)
                : OptionalDouble.empty();
    }

    /** The number of counts and each, then the sums and the buckets. */
    void write(DataOutput output) throws IOException {
        Wire.writeUnsigned(output, COUNTS);
        for (long count : counts) {
            Wire.writeSigned(output, count);
        }
        reciprocalRanks.write(output);
        novelty.write(output);
        shown.write(output);
    }

    static RankingTally read(DataInput input) throws IOException {
        int length = Wire.readCount(input);
        if (length != COUNTS) {
            throw new IOException("a tally of ranks has " + COUNTS + " counts, got " + length
                    + ": damaged bytes, or written by a newer release");
        }
        long[] counts = new long[COUNTS];
        for (int i = 0; i < COUNTS; i++) {
            counts[i] = Wire.readSigned(input);
        }
        RankingTally tally = new RankingTally(ExactSum.read(input), ExactSum.read(input), ShownItems.read(input));
        System.arraycopy(counts, 0, tally.counts, 0, COUNTS);
        return tally;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof RankingTally other && Arrays.equals(CODEC.toBytes(this), CODEC.toBytes(other));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(CODEC.toBytes(this));
    }

    @Override
    public String toString() {
        return count() + " events, " + metrics().values();
    }
}
