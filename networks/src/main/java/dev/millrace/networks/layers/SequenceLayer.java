package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Sequence;
import dev.millrace.networks.ParameterLayout.Stage;

/** A flat row to its steps: those that are present move to the end, their marks go. */
final class SequenceLayer extends Layer {

    private final int steps;
    private final int channels;
    private final int width;
    private final boolean masked;

    SequenceLayer(Stage stage, Sequence spec) {
        super(stage);
        this.steps = spec.steps();
        this.channels = stage.output().channels();
        this.width = channels + (spec.masked() ? 1 : 0);
        this.masked = spec.masked();
    }

    @Override
    protected int presentAfter(float[] inputs, int inputPresent, int row) {
        int count = 0;
        for (int step = 0; step < steps; step++) {
            count += isPresent(inputs, row, step) ? 1 : 0;
        }
        return count;
    }

    private boolean isPresent(float[] inputs, int row, int step) {
        return !masked || inputs[(row * steps + step) * width] != 0;
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        move(inputs, rows, inputs, values(), true);
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        move(inputs, rows, deltas, inputDeltas(), false);
    }

    private void move(float[] inputs, int rows, float[] source, float[] target, boolean forward) {
        for (int row = 0; row < rows; row++) {
            int compact = firstOfOutput(row);
            for (int step = 0; step < steps; step++) {
                if (isPresent(inputs, row, step)) {
                    int loose = (row * steps + step) * width + width - channels;
                    System.arraycopy(source, forward ? loose : compact, target, forward ? compact : loose, channels);
                    compact += channels;
                }
            }
        }
    }
}
