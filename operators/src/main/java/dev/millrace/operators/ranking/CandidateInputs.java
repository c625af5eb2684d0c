package dev.millrace.operators.ranking;

import dev.millrace.features.ranking.CandidateInput;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.networks.learning.FloatMath;
import java.util.Arrays;

/**
 * Computes what a model sees of a candidate ({@link CandidateInput} has the formulas). {@link #look} at a user first, then
 * {@link #write} of any number of items.
 */
final class CandidateInputs {

    private static final double HISTORY_SCALE = 10;

    private final RankingSpec spec;
    private final CandidateInput[] inputs;
    /** Else nobody asks for pairs, and a look at a user costs nothing per item. */
    private final boolean countsPairs;

    private Catalogue catalogue;
    /** By item: pairs with the user's last items. */
    private double[] lastSums = new double[0];
    /** By item: pairs with the user's history, each relative to how often that item was taken. */
    private double[] historySums = new double[0];

    /** The mean of the vectors of the user's last items. */
    private final float[] query;

    private double historyFactor;
    private float historyLength;

    CandidateInputs(RankingSpec spec) {
        this.spec = spec;
        this.inputs = spec.inputs().toArray(CandidateInput[]::new);
        this.countsPairs = spec.baselines()
                || spec.inputs().contains(CandidateInput.LAST_PAIRS)
                || spec.inputs().contains(CandidateInput.HISTORY_PAIRS);
        this.query = new float[spec.dimensions()];
        this.catalogue = new Catalogue(0);
    }

    /** From here on candidates are those of this user. Items that are taken later than now are not known. */
    void look(Catalogue shard, UserItems user) {
        catalogue = shard;
        if (countsPairs) {
            sumPairs(user);
        }
        historyFactor = HISTORY_SCALE / Math.sqrt(user.count() + 1.0);
        historyLength = log(user.count());
        ask(user);
    }

    private void sumPairs(UserItems user) {
        int size = catalogue.size();
        if (lastSums.length < size) {
            lastSums = new double[2 * size];
            historySums = new double[2 * size];
        }
        Arrays.fill(lastSums, 0, size, 0);
        Arrays.fill(historySums, 0, size, 0);
        int within = Math.min(user.count(), spec.history());
        for (int back = 0; back < within; back++) {
            Item item = catalogue.item(user.newest(back));
            item.pairs.addTo(lastSums, back < spec.last() ? 1 : 0, historySums, 1 / Math.sqrt(item.taken + 1.0));
        }
    }

    private void ask(UserItems user) {
        Arrays.fill(query, 0);
        int within = lastItems(user);
        for (int back = 0; back < within && query.length > 0; back++) {
            float[] vector = catalogue.item(user.newest(back)).vector;
            for (int i = 0; i < query.length; i++) {
                query[i] += vector[i] / within;
            }
        }
    }

    int lastItems(UserItems user) {
        return Math.min(user.count(), spec.last());
    }

    /** Pairs of an item with the user's last items; for a model or baselines that count them. */
    double lastPairs(int item) {
        return lastSums[item];
    }

    /** Live: that of the user last looked at. */
    float[] query() {
        return query;
    }

    /**
     * Writes the inputs of one item, as they are before they are standardised.
     *
     * @param row written from {@code offset} on
     */
    void write(Item item, float[] row, int offset) {
        for (int i = 0; i < inputs.length; i++) {
            row[offset + i] = switch (inputs[i]) {
                case LAST_PAIRS -> log(lastSums[item.number]);
                case HISTORY_PAIRS -> log(historySums[item.number] * historyFactor / Math.sqrt(item.taken + 1.0));
                case COUNT -> log(item.taken);
                case AGE -> log(catalogue.events() - item.firstEvent);
                case HISTORY_LENGTH -> historyLength;
                case SIMILARITY -> similarity(item.vector);
            };
        }
    }

    private float similarity(float[] vector) {
        float sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum = Math.fma(query[i], vector[i], sum);
        }
        return sum;
    }

    /** ln(1 + x) */
    private static float log(double x) {
        return FloatMath.log((float) (1 + x));
    }
}
