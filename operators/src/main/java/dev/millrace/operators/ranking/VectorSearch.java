package dev.millrace.operators.ranking;

import dev.millrace.features.ranking.CandidateInput;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.networks.NetworkSpec;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the best items of a whole catalogue for a model that is a product of vectors and nothing more: exactly, by one pass over the
 * {@link ItemMatrix}, without touching an item that is not among the best. Scores are those of the engine, to the last bit.
 */
final class VectorSearch {

    private final float[][] products = new float[1][ItemMatrix.BLOCK];
    private final float[] scores = new float[ItemMatrix.BLOCK];

    /** Whether a model is such a one: {@link CandidateInput#SIMILARITY} alone, and no hidden layer. */
    static boolean suits(RankingSpec ranking, NetworkSpec network) {
        return ranking.inputs().equals(List.of(CandidateInput.SIMILARITY))
                && network.layers().isEmpty();
    }

    /**
     * @param query the mean vector of the user's last items
     * @param gone items that are no candidates
     */
    TopItems.Ranked[] best(LiveModel model, Catalogue catalogue, float[] query, BitSet gone, int most) {
        float weight = model.weights().parameters()[0];
        float bias = model.weights().parameters()[1];
        int size = catalogue.size();
        float[][] row = {query};
        TopItems best = new TopItems(Math.max(1, Math.min(most, size)));
        for (int start = 0; start < size; start += ItemMatrix.BLOCK) {
            catalogue.vectors().multiply(start / ItemMatrix.BLOCK, row, products);
            for (int i = 0; i < ItemMatrix.BLOCK; i++) {
                scores[i] = Math.fma(products[0][i], weight, bias);
            }
            offer(best, catalogue, start, Math.min(ItemMatrix.BLOCK, size - start), gone);
        }
        return best.take();
    }

    private void offer(TopItems best, Catalogue catalogue, int start, int count, BitSet gone) {
        float least = best.least();
        for (int i = 0; i < count; i++) {
            if (scores[i] >= least && !gone.get(start + i)) {
                best.offer(catalogue.item(start + i), scores[i]);
                least = best.least();
            }
        }
    }
}
