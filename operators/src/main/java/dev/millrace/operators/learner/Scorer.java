package dev.millrace.operators.learner;

import dev.millrace.modelstate.LiveModel;
import dev.millrace.networks.Engine;

/** Scores one event with the live weights of its shard; the input scaler learns from it first. */
final class Scorer {

    private final Engine engine;
    private final float[] row;

    Scorer(Engine engine) {
        this.engine = engine;
        this.row = new float[engine.spec().inputs()];
    }

    /** @return a new array of [outputs] */
    float[] score(LiveModel model, float[] inputs) {
        model.scaler().update(inputs);
        model.countScored();
        model.scaler().apply(inputs, row, 0);
        float[] scores = new float[engine.spec().outputs()];
        engine.score(model.weights(), row, 1, scores);
        return scores;
    }
}
