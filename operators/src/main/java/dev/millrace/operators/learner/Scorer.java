package dev.millrace.operators.learner;

import dev.millrace.events.Example;
import dev.millrace.events.LabelRange;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.networks.Engine;
import dev.millrace.networks.ScoreCorrection;
import org.jspecify.annotations.Nullable;

/**
 * Scores one event with the live weights of its shard; the input scaler learns from it first. What leaves is the probability in
 * the stream of events, whatever classes were weighted and negatives left out in training; the engine's own scores, which the
 * loss is computed from, stay inside. Of a regression it may be clipped to the range of its labels.
 */
final class Scorer {

    private final Engine engine;
    private final InputRows inputRows;
    private final ScoreCorrection correction;
    private final @Nullable LabelRange range;
    private final float[] row;

    /** @param range what scores are clipped to; null: nothing */
    Scorer(Engine engine, InputRows inputRows, ScoreCorrection correction, @Nullable LabelRange range) {
        this.engine = engine;
        this.inputRows = inputRows;
        this.correction = correction;
        this.range = range;
        this.row = new float[engine.spec().inputs()];
    }

    /** @return a new array of [outputs] */
    float[] score(LiveModel model, Example example) throws Exception {
        model.scaler().update(example.dense());
        model.countScored();
        inputRows.use(model, example, row);
        float[] scores = new float[engine.spec().outputs()];
        engine.score(model.weights(), row, 1, scores);
        correction.apply(scores);
        if (range != null) {
            range.clip(scores);
        }
        return scores;
    }
}
