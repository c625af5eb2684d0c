package dev.millrace.networks.layers;

import dev.millrace.networks.ParameterLayout.Stage;
import java.util.List;

/** x + layers(x) */
final class ResidualLayer extends Layer {

    private final LayerStack inner;
    private float[] innerDeltas = new float[0];

    ResidualLayer(Stage stage, LayerStack inner) {
        super(stage);
        this.inner = inner;
    }

    @Override
    void beFirst() {
        super.beFirst();
        inner.beFirst();
    }

    @Override
    protected void addVitals(int rows, List<Vitals> all) {
        inner.addVitals(rows, all);
    }

    @Override
    protected void reserve(int rows) {
        innerDeltas = new float[rows * outputShape().size()];
    }

    @Override
    public void load(float[] parameters) {
        inner.load(parameters);
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        inner.forward(inputs, inputPresent, rows, pass);
        int count = rows * outputShape().size();
        for (int i = 0; i < count; i++) {
            values()[i] = inputs[i] + inner.values()[i];
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        int count = rows * outputShape().size();
        // The layers inside may change what they are given.
        System.arraycopy(deltas, 0, innerDeltas, 0, count);
        inner.backward(innerDeltas, rows, pass, gradient);
        if (!passesBack(pass)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            inputDeltas()[i] = deltas[i] + inner.inputDeltas()[i];
        }
    }
}
