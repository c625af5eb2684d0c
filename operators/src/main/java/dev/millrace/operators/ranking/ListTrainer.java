package dev.millrace.operators.ranking;

import dev.millrace.events.Example;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.networks.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns that a user took one item rather than others: one list, one update. The others are drawn from the items that the user
 * does not have, each with the same probability, so that the sampled softmax needs no correction: it would add the same to every
 * row.
 */
final class ListTrainer {

    private final Engine engine;
    private final RankingSpec spec;
    private final CandidateInputs candidateInputs;
    private final ItemDraw negatives;
    /** Null where the model uses no vectors. */
    private final @Nullable ItemVectors vectors;

    private final int columns;
    private final float[] raw;
    private final float[] row;
    private final float[] inputs;
    private final float[] gradients;
    private final float[] labels;
    private final float[] weights;
    private final List<Item> list = new ArrayList<>();

    private float lastLoss = Float.NaN;

    ListTrainer(Engine engine, RankingSpec spec, CandidateInputs candidateInputs, @Nullable ItemVectors vectors) {
        this.engine = engine;
        this.spec = spec;
        this.candidateInputs = candidateInputs;
        this.negatives = new ItemDraw(engine.spec().seed());
        this.vectors = vectors;
        this.columns = engine.spec().inputs();
        int rows = spec.negatives() + 1;
        this.raw = new float[rows * columns];
        this.row = new float[columns];
        this.inputs = new float[rows * columns];
        this.gradients = new float[rows * columns];
        this.labels = new float[rows];
        labels[0] = 1;
        this.weights = new float[rows];
    }

    /**
     * From inputs that look at the user. The scaler learns from the rows afterwards, as they were.
     *
     * @return whether the update was finite, and so applied
     */
    boolean learn(LiveModel model, Catalogue catalogue, UserItems user, Item taken, Example example) {
        list.clear();
        list.add(taken);
        list.addAll(negatives.draw(catalogue, user, taken, example.id(), spec.negatives()));
        int rows = list.size();
        for (int i = 0; i < rows; i++) {
            candidateInputs.write(list.get(i), raw, i * columns);
            System.arraycopy(raw, i * columns, row, 0, columns);
            model.scaler().apply(row, inputs, i * columns);
        }
        model.batch().add(row, 1, example.weight(), example.time());
        Arrays.fill(weights, 0, rows, example.weight());
        float loss = engine.fit(model.weights(), inputs, labels, weights, rows, gradients);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(raw, i * columns, row, 0, columns);
            model.scaler().update(row);
        }
        model.countScored();
        if (Float.isNaN(loss)) {
            model.countRefused();
            return false;
        }
        lastLoss = loss;
        model.countTrained();
        if (vectors != null) {
            vectors.learn(catalogue, list, gradients, candidateInputs.query(), user, candidateInputs.lastItems(user));
        }
        return true;
    }

    /** Loss of the last list before its update; NaN before the first. */
    float lastLoss() {
        return lastLoss;
    }
}
