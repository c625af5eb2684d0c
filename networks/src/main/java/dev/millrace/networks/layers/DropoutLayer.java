package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Dropout;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.learning.DropoutMask;

/** Dropout: a mask while training, nothing otherwise. */
final class DropoutLayer extends Layer {

    private final float rate;
    private float[] mask = new float[0];

    DropoutLayer(Stage stage, Dropout spec) {
        super(stage);
        this.rate = spec.rate();
    }

    @Override
    protected void reserve(int rows) {
        mask = new float[rows * inputShape().size()];
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        int size = inputShape().size();
        if (!pass.training()) {
            System.arraycopy(inputs, 0, values(), 0, rows * size);
            return;
        }
        DropoutMask.fill(pass.seed(), pass.update(), stage().index(), rate, rows, size, mask);
        for (int i = 0; i < rows * size; i++) {
            values()[i] = inputs[i] * mask[i];
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        int count = rows * inputShape().size();
        for (int i = 0; i < count; i++) {
            inputDeltas()[i] = pass.training() ? deltas[i] * mask[i] : deltas[i];
        }
    }
}
