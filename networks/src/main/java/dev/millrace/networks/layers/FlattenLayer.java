package dev.millrace.networks.layers;

import dev.millrace.networks.ParameterLayout.Stage;

/** A sequence to a flat vector: steps that are absent are zeros already. */
final class FlattenLayer extends Layer {

    FlattenLayer(Stage stage) {
        super(stage);
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        System.arraycopy(inputs, 0, values(), 0, rows * inputShape().size());
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        System.arraycopy(deltas, 0, inputDeltas(), 0, rows * inputShape().size());
    }
}
