package dev.millrace.operators.ranking;

import dev.millrace.events.StableHash;
import dev.millrace.features.ranking.CandidateInput;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.embeddings.Admission;
import dev.millrace.networks.embeddings.EmbeddingTable;
import dev.millrace.networks.embeddings.RowOptimizer;
import java.util.List;

/**
 * The learned vectors of items, one each, for the item as a candidate and as one that a user has: row-wise Adagrad, by the gradient
 * of the input {@link CandidateInput#SIMILARITY}.
 */
final class ItemVectors {

    private static final float LEARNING_RATE = 0.05f;
    private static final float INITIAL_BOUND = 0.1f;

    private final EmbeddingTable table;
    private final long seed;
    private final int input;
    private final int inputs;

    /** @param seed of the network */
    ItemVectors(RankingSpec spec, long seed) {
        this.table = new EmbeddingTable(
                "items",
                spec.dimensions(),
                INITIAL_BOUND,
                new RowOptimizer.Adagrad(LEARNING_RATE),
                0,
                Admission.ALWAYS,
                null);
        this.seed = seed;
        this.input = spec.inputs().indexOf(CandidateInput.SIMILARITY);
        this.inputs = spec.inputs().size();
    }

    /** The item has come into the catalogue. */
    void begin(Catalogue catalogue, Item item) {
        item.vector = table.initialRow(Seeds.ofShard(seed, catalogue.shard()), StableHash.of(item.id, 0));
        item.vectorSlots = new float[table.slots()];
        catalogue.changeVector(item);
    }

    /**
     * Learns from one list.
     *
     * @param gradients {@code [list, inputs]}, of the loss with respect to the inputs
     * @param query the mean vector of the user's last items, as it was in the inputs
     * @param last how many these are
     */
    void learn(Catalogue catalogue, List<Item> list, float[] gradients, float[] query, UserItems user, int last) {
        if (last == 0) {
            return;
        }
        float[] ofQuery = new float[query.length];
        for (int row = 0; row < list.size(); row++) {
            float slope = gradients[row * inputs + input];
            float[] vector = list.get(row).vector;
            for (int i = 0; i < ofQuery.length; i++) {
                ofQuery[i] += slope * vector[i];
            }
        }
        float[] gradient = new float[query.length];
        for (int row = 0; row < list.size(); row++) {
            float slope = gradients[row * inputs + input];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = slope * query[i];
            }
            learn(catalogue, list.get(row), gradient);
        }
        for (int back = 0; back < last; back++) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = ofQuery[i] / last;
            }
            learn(catalogue, catalogue.item(user.newest(back)), gradient);
        }
    }

    private void learn(Catalogue catalogue, Item item, float[] gradient) {
        table.learn(item.vector, item.vectorSlots, gradient, ++item.vectorUpdates);
        catalogue.changeVector(item);
    }
}
