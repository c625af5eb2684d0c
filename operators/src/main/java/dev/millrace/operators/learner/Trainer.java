package dev.millrace.operators.learner;

import dev.millrace.events.Example;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.modelstate.MiniBatch;
import dev.millrace.networks.Engine;
import org.jspecify.annotations.Nullable;

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
    private final InputRows inputRows;
    private final int batchRows;
    private final float[] inputs;
    /** With respect to the inputs; null without embeddings, which alone learn from them. */
    private final float @Nullable [] gradients;

    private float lastLoss = Float.NaN;

    Trainer(Engine engine, InputRows inputRows, int batchRows) {
        this.engine = engine;
        this.inputRows = inputRows;
        this.batchRows = batchRows;
        this.inputs = new float[batchRows * engine.spec().inputs()];
        this.gradients = inputRows.hasEmbeddings() ? new float[inputs.length] : null;
    }

    /** @param labelTime stream time of the label, milliseconds since the epoch */
    Step add(LiveModel model, Example example, float label, long labelTime) throws Exception {
        MiniBatch batch = model.batch();
        batch.add(example.dense(), example.ids(), label, example.weight(), labelTime);
        model.batchChanged();
        return batch.rows() < batchRows ? Step.WAITING : train(model);
    }

    /** Learns the rows that wait, at least one, standardised as the scaler stands now. */
    Step train(LiveModel model) throws Exception {
        MiniBatch batch = model.batch();
        int rows = batch.rows();
        int columns = engine.spec().inputs();
        inputRows.beginBatch();
        for (int row = 0; row < rows; row++) {
            inputRows.read(model, batch.input(row), batch.ids(row), inputs, row * columns);
        }
        float loss = fit(model, batch, rows);
        if (Float.isNaN(loss)) {
            model.countRefused();
            return Step.REFUSED;
        }
        lastLoss = loss;
        model.countTrained();
        return Step.TRAINED;
    }

    private float fit(LiveModel model, MiniBatch batch, int rows) {
        if (gradients == null) {
            return engine.fit(model.weights(), inputs, batch.labels(), batch.weights(), rows);
        }
        float loss = engine.fit(model.weights(), inputs, batch.labels(), batch.weights(), rows, gradients);
        if (!Float.isNaN(loss)) {
            inputRows.learn(gradients, rows);
        }
        return loss;
    }

    /** Mean loss of the last mini-batch before its update; NaN before the first. */
    float lastLoss() {
        return lastLoss;
    }
}
