package dev.millrace.networks.fused;

import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.layers.Layer;
import dev.millrace.networks.layers.Pass;
import dev.millrace.networks.loops.Loops;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dense layers one after the other, with dropout in between, on rows as {@link Loops} wants them. Of a sequence each step that is
 * present is such a row.
 */
final class DenseRun extends Layer {

    private final DenseLayer[] layers;
    private final int inputs;
    private final int outputs;

    private float[][] input = new float[0][];
    private float[][] firstDeltas = new float[0][];
    private int positions;

    private DenseRun(Loops loops, List<Stage> stages) {
        super(stages);
        this.layers = ParameterLayout.blocks(stages).stream()
                .map(block -> new DenseLayer(loops, block))
                .toArray(DenseLayer[]::new);
        this.inputs = inputShape().channels();
        this.outputs = outputShape().channels();
    }

    /** As many of the first stages as can run together; null if the first is not dense. */
    static @Nullable DenseRun begin(Loops loops, List<Stage> stages) {
        int end = 0;
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (stage.layer() instanceof LayerSpec.Dense) {
                end = i + 1;
            } else if (!(stage.layer() instanceof LayerSpec.Dropout)
                    || stage.input().sequence()) {
                // Masks of sequences count the steps that are absent, too.
                break;
            }
        }
        return end == 0 ? null : new DenseRun(loops, stages.subList(0, end));
    }

    @Override
    protected void reserve(int rows) {
        int most = rows * inputShape().steps();
        input = Loops.matrix(most, inputs);
        firstDeltas = Loops.matrix(most, inputs);
        for (DenseLayer layer : layers) {
            layer.reserve(most);
        }
    }

    @Override
    public void load(float[] parameters) {
        for (DenseLayer layer : layers) {
            layer.load(parameters);
        }
    }

    @Override
    protected void compute(float[] flat, int[] inputPresent, int rows, Pass pass) {
        positions = inputShape().sequence() ? 0 : rows;
        if (inputShape().sequence()) {
            for (int row = 0; row < rows; row++) {
                int end = (row + 1) * inputShape().size();
                for (int at = firstOfInput(inputPresent, row); at < end; at += inputs) {
                    System.arraycopy(flat, at, input[positions++], 0, inputs);
                }
            }
        } else {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(flat, row * inputs, input[row], 0, inputs);
            }
        }
        float[][] values = input;
        for (DenseLayer layer : layers) {
            if (pass.training() && layer.drops()) {
                layer.dropOut(values, positions, pass.seed(), pass.update());
                values = layer.dropped();
            }
            layer.forward(values, positions);
            values = layer.values();
        }
        if (outputShape().sequence()) {
            copySteps(values, values(), rows, true);
        } else {
            copyToFlat(values, values(), rows);
        }
    }

    @Override
    protected void differentiate(
            float[] flat, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        float[][] last = layers[layers.length - 1].deltas();
        if (outputShape().sequence()) {
            copySteps(last, deltas, rows, false);
        } else {
            copyFromFlat(deltas, last, rows);
        }
        for (int i = layers.length - 1; i >= 0; i--) {
            DenseLayer layer = layers[i];
            layer.differentiateActivation(positions);
            if (pass.training()) {
                float[][] before = i == 0 ? input : layers[i - 1].values();
                layer.differentiateParameters(layer.drops() ? layer.dropped() : before, positions, gradient);
            }
            if (i > 0 || passesBack(pass)) {
                layer.prepareBackward();
                layer.differentiateInput(i == 0 ? firstDeltas : layers[i - 1].deltas(), positions, pass.training());
            }
        }
        if (passesBack(pass)) {
            copyBack(inputPresent, rows);
        }
    }

    private void copyToFlat(float[][] matrix, float[] flat, int rows) {
        for (int row = 0; row < rows; row++) {
            float[] from = matrix[row];
            // Mostly too few for System.arraycopy.
            for (int i = 0; i < outputs; i++) {
                flat[row * outputs + i] = from[i];
            }
        }
    }

    private void copyFromFlat(float[] flat, float[][] matrix, int rows) {
        for (int row = 0; row < rows; row++) {
            float[] to = matrix[row];
            for (int i = 0; i < outputs; i++) {
                to[i] = flat[row * outputs + i];
            }
        }
    }

    /** Between the rows of a matrix and the steps that are present. */
    private void copySteps(float[][] matrix, float[] flat, int rows, boolean toFlat) {
        int position = 0;
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * outputShape().size();
            for (int at = firstOfOutput(row); at < end; at += outputs) {
                float[] here = matrix[position++];
                if (toFlat) {
                    System.arraycopy(here, 0, flat, at, outputs);
                } else {
                    System.arraycopy(flat, at, here, 0, outputs);
                }
            }
        }
    }

    private void copyBack(int[] inputPresent, int rows) {
        int position = 0;
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int at = firstOfInput(inputPresent, row); at < end; at += inputs) {
                System.arraycopy(firstDeltas[position++], 0, inputDeltas(), at, inputs);
            }
        }
    }

    @Override
    protected void addVitals(int rows, List<Vitals> all) {
        int block = 0;
        for (Stage stage : stages()) {
            if (stage.layer() instanceof LayerSpec.Dense) {
                all.add(new Vitals(stage, layers[block++].deadShare(positions)));
            }
        }
    }
}
