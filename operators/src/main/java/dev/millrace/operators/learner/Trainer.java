package dev.millrace.operators.learner;

import dev.millrace.modelstate.LiveModel;
import dev.millrace.modelstate.MiniBatch;
import dev.millrace.networks.Engine;

/** Collects labelled rows into mini-batches and lets the engine learn the full ones. */
final class Trainer {

    /** What became of a row. */
    enum Step {
        /** It waits in the mini-batch. */
        WAITING,
        /** Its mini-batch was learned. */
        TRAINED,
        /** Its mini-batch gave an update that was not finite, and was given up. */
        REFUSED
    }

    private final Engine engine;
    private final int batchRows;
    private final float[] inputs;
    private float lastLoss = Float.NaN;

    Trainer(Engine engine, int batchRows) {
        this.engine = engine;
        this.batchRows = batchRows;
        this.inputs = new float[batchRows * engine.spec().inputs()];
    }

    /** @param labelTime stream time of the label, milliseconds since the epoch */
    Step add(LiveModel model, float[] row, float label, float weight, long labelTime) {
        MiniBatch batch = model.batch();
        batch.add(row, label, weight, labelTime);
        model.batchChanged();
        return batch.rows() < batchRows ? Step.WAITING : train(model);
    }

    /** Learns the rows that wait, at least one, standardised as the scaler stands now. */
    Step train(LiveModel model) {
        MiniBatch batch = model.batch();
        int rows = batch.rows();
        int columns = engine.spec().inputs();
        for (int row = 0; row < rows; row++) {
            model.scaler().apply(batch.input(row), inputs, row * columns);
        }
        float loss = engine.fit(model.weights(), inputs, batch.labels(), batch.weights(), rows);
        if (Float.isNaN(loss)) {
            model.countRefused();
            return Step.REFUSED;
        }
        lastLoss = loss;
        model.countTrained();
        return Step.TRAINED;
    }

    /** Mean loss of the last mini-batch before its update; NaN before the first. */
    float lastLoss() {
        return lastLoss;
    }
}
