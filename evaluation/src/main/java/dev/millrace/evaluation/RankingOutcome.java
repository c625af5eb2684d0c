package dev.millrace.evaluation;

/**
 * How well the item that a user took was ranked just before, by the model and by the baselines beside it. Ranks count from 1;
 * 0 is a miss: the item was no candidate, for the shard had never seen it.
 *
 * @param rank by the model, among all candidates: the items of the shard that the user has not taken
 * @param popularityRank by how often items are taken
 * @param decayedRank by the same, where older events count less
 * @param coOccurrenceRank by how often items are taken together with the user's last ones
 * @param factorisationRank by incremental matrix factorisation; of all baselines 0 too where they were not computed
 * @param sampledRank by the model, among the item and 99 candidates drawn at random; fewer where there are fewer
 * @param candidates how many there were
 * @param catalogue how many items the shard knew
 * @param novelty mean over the model's first ten of −log₂(share of the events that took the item); 0 without candidates
 * @param userItems how many items the user had taken
 * @param itemEvents how often the item had been taken
 * @param shown hashes of the model's first ten items into [0, {@value #BUCKETS}); fewer where there are fewer candidates
 */
public record RankingOutcome(
        int rank,
        int popularityRank,
        int decayedRank,
        int coOccurrenceRank,
        int factorisationRank,
        int sampledRank,
        int candidates,
        int catalogue,
        float novelty,
        int userItems,
        int itemEvents,
        int[] shown) {

    /** How many items a list is measured by. */
    public static final int LIST = 10;

    public static final int BUCKETS = 1 << 14;

    /** Items drawn beside the one that was taken for {@link #sampledRank}. */
    public static final int SAMPLED = 99;

    private static final int NOVELTY = 8;
    private static final int NUMBERS = 11;

    /** Whether a rank is among the first {@value #LIST}. */
    static boolean isHit(int rank) {
        return rank >= 1 && rank <= LIST;
    }

    /** 1 / log₂(rank + 1) of a hit, else 0: the discounted gain where one item is relevant, which is its own ideal. */
    static double gain(int rank) {
        return isHit(rank) ? StrictMath.log(2) / StrictMath.log(rank + 1) : 0;
    }

    /** As the scores of a label: numbers in the order of the components, exact up to 2<sup>24</sup>. */
    public float[] toScores() {
        float[] scores = new float[NUMBERS + shown.length];
        int[] counts = {
            rank, popularityRank, decayedRank, coOccurrenceRank, factorisationRank, sampledRank, candidates, catalogue
        };
        for (int i = 0; i < counts.length; i++) {
            scores[i] = counts[i];
        }
        scores[NOVELTY] = novelty;
        scores[9] = userItems;
        scores[10] = itemEvents;
        for (int i = 0; i < shown.length; i++) {
            scores[NUMBERS + i] = shown[i];
        }
        return scores;
    }

    /** @throws IllegalArgumentException if there are fewer or more numbers than {@link #toScores} writes */
    static void requireShape(float[] scores) {
        if (scores.length < NUMBERS || scores.length > NUMBERS + LIST) {
            throw new IllegalArgumentException("the scores of a ranking must be " + NUMBERS + " numbers and up to "
                    + LIST + " items, got " + scores.length + "; the evaluation and the model disagree about the task");
        }
    }

    /** Whether finite numbers are those of an outcome: whole counts, buckets within their range. */
    static boolean isUsable(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            boolean whole = i == NOVELTY || scores[i] == (int) scores[i];
            if (!whole || scores[i] < 0 || (i >= NUMBERS && scores[i] >= BUCKETS)) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException if there are fewer or more numbers than {@link #toScores} writes */
    public static RankingOutcome fromScores(float[] scores) {
        requireShape(scores);
        int[] shown = new int[scores.length - NUMBERS];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = (int) scores[NUMBERS + i];
        }
        return new RankingOutcome(
                (int) scores[0],
                (int) scores[1],
                (int) scores[2],
                (int) scores[3],
                (int) scores[4],
                (int) scores[5],
                (int) scores[6],
                (int) scores[7],
                scores[NOVELTY],
                (int) scores[9],
                (int) scores[10],
                shown);
    }
}
