package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Branches;
import dev.millrace.networks.LayerSpec.Join;
import dev.millrace.networks.ParameterLayout.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of a row through layers of their own; what comes out stands side by side, or goes through a {@link Junction}. */
final class BranchesLayer extends Layer {

    private final List<LayerStack> inner;
    private final Part[] parts;
    private final boolean partsLearn;

    /** Null where the parts stand side by side. */
    private final @Nullable Junction junction;

    /** @param inner one stack per branch; one without layers lets its part through. The layers beside the join may follow */
    BranchesLayer(Stage stage, Branches spec, List<LayerStack> inner) {
        super(stage);
        int count = spec.branches().size();
        this.inner = inner.subList(0, count);
        this.parts = new Part[count];
        int[] widths = new int[count];
        int from = 0;
        int to = 0;
        for (int i = 0; i < parts.length; i++) {
            List<Stage> stages = stage.inner().get(i);
            int inputs = spec.branches().get(i).inputs();
            int outputs = stages.isEmpty()
                    ? inputs
                    : stages.get(stages.size() - 1).output().size();
            parts[i] = new Part(inner.get(i), from, inputs, to, outputs);
            widths[i] = outputs;
            from += inputs;
            to += outputs;
        }
        this.partsLearn = this.inner.stream().anyMatch(LayerStack::learns);
        this.junction = spec.join() == Join.CONCAT
                ? null
                : new Junction(
                        spec.branches(), widths, outputShape().size(), inner.size() > count ? inner.get(count) : null);
    }

    @Override
    void beFirst() {
        super.beFirst();
        inner.forEach(LayerStack::beFirst);
        if (junction != null && !partsLearn) {
            junction.beFirst();
        }
    }

    @Override
    protected void addVitals(int rows, List<Vitals> all) {
        inner.forEach(stack -> stack.addVitals(rows, all));
        if (junction != null) {
            junction.addVitals(rows, all);
        }
    }

    @Override
    protected void reserve(int rows) {
        for (Part part : parts) {
            part.reserve(rows);
        }
        if (junction != null) {
            junction.reserve(rows);
        }
    }

    @Override
    public void load(float[] parameters) {
        // Not over the list: its iterator is an object where the compiler does not see through it.
        for (Part part : parts) {
            part.layers.load(parameters);
        }
        if (junction != null) {
            junction.load(parameters);
        }
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        float[] sides = junction == null ? values() : junction.sides();
        int width = junction == null ? outputShape().size() : junction.width();
        for (Part part : parts) {
            part.forward(inputs, inputShape().size(), sides, width, rows, pass);
        }
        if (junction != null) {
            junction.forward(values(), rows, pass);
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        float[] sideDeltas = deltas;
        int width = outputShape().size();
        if (junction != null) {
            junction.backward(deltas, rows, pass, gradient);
            if (!partsLearn && !passesBack(pass)) {
                return;
            }
            junction.passBack(deltas, rows);
            sideDeltas = junction.sideDeltas();
            width = junction.width();
        }
        for (Part part : parts) {
            part.backward(sideDeltas, width, rows, pass, gradient);
            if (passesBack(pass)) {
                part.passBack(sideDeltas, width, inputDeltas(), inputShape().size(), rows);
            }
        }
    }

    /** A branch with the place of its inputs and outputs in a row. */
    private static final class Part {

        private final LayerStack layers;
        private final int from;
        private final int inputs;
        private final int to;
        private final int outputs;

        /** {@code [rows, inputs]} */
        private float[] values = new float[0];

        /** {@code [rows, outputs]} */
        private float[] deltas = new float[0];

        Part(LayerStack layers, int from, int inputs, int to, int outputs) {
            this.layers = layers;
            this.from = from;
            this.inputs = inputs;
            this.to = to;
            this.outputs = outputs;
        }

        void reserve(int rows) {
            values = new float[layers.isEmpty() ? 0 : rows * inputs];
            deltas = new float[layers.isEmpty() ? 0 : rows * outputs];
        }

        void forward(float[] row, int width, float[] target, int targetWidth, int rows, Pass pass) {
            if (layers.isEmpty()) {
                copy(row, width, from, target, targetWidth, to, rows, inputs);
                return;
            }
            copy(row, width, from, values, inputs, 0, rows, inputs);
            layers.forward(values, rows, pass);
            copy(layers.values(), outputs, 0, target, targetWidth, to, rows, outputs);
        }

        void backward(float[] source, int width, int rows, Pass pass, float[] gradient) {
            if (!layers.isEmpty()) {
                copy(source, width, to, deltas, outputs, 0, rows, outputs);
                layers.backward(deltas, rows, pass, gradient);
            }
        }

        void passBack(float[] source, int width, float[] target, int targetWidth, int rows) {
            if (layers.isEmpty()) {
                copy(source, width, to, target, targetWidth, from, rows, inputs);
            } else {
                copy(layers.inputDeltas(), inputs, 0, target, targetWidth, from, rows, inputs);
            }
        }

        /** {@code count} columns of a matrix into those of another. */
        private static void copy(
                float[] source, int width, int from, float[] target, int targetWidth, int to, int rows, int count) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(source, row * width + from, target, row * targetWidth + to, count);
            }
        }
    }
}
