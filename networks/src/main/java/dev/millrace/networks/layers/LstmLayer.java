package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Lstm;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.learning.FloatMath;
import java.util.Arrays;

/** The formulas of {@link Lstm}, one row after the other. */
final class LstmLayer extends Layer {

    private final int units;
    private final int channels;
    private final int steps;
    private final int biasOffset;
    private final Matrix inputWeights;
    private final Matrix recurrentWeights;
    private final float[] bias;

    /** {@code [rows, steps, 4·units]}: i, f, g, o of each step. */
    private float[] gates = new float[0];

    /** {@code [rows, steps, units]}: c of each step. */
    private float[] cells = new float[0];

    private final float[] sums;
    private final float[] biasGradient;
    private final float[] stateDeltas;
    private final float[] cellDeltas;
    private final float[] stepDeltas;

    LstmLayer(Stage stage, Lstm spec) {
        super(stage);
        this.units = spec.units();
        this.channels = stage.input().channels();
        this.steps = stage.input().steps();
        this.inputWeights = new Matrix(stage.tensors().get(0));
        this.recurrentWeights = new Matrix(stage.tensors().get(1));
        // Three tensors, which lie side by side.
        this.biasOffset = stage.tensors().get(2).offset();
        this.bias = new float[4 * units];
        this.sums = new float[4 * units];
        this.biasGradient = new float[4 * units];
        this.stateDeltas = new float[units];
        this.cellDeltas = new float[units];
        this.stepDeltas = new float[channels];
    }

    @Override
    protected void reserve(int rows) {
        gates = new float[rows * steps * 4 * units];
        cells = new float[rows * steps * units];
    }

    @Override
    public void load(float[] parameters) {
        inputWeights.load(parameters);
        recurrentWeights.load(parameters);
        System.arraycopy(parameters, biasOffset, bias, 0, bias.length);
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        for (int row = 0; row < rows; row++) {
            int first = steps - inputPresent[row];
            for (int step = first; step < steps; step++) {
                step(inputs, row * steps + step, step > first);
            }
        }
    }

    private void step(float[] inputs, int at, boolean continues) {
        System.arraycopy(bias, 0, sums, 0, sums.length);
        inputWeights.addProduct(inputs, at * channels, sums);
        int state = at * units;
        if (continues) {
            recurrentWeights.addProduct(values(), state - units, sums);
        }
        int gate = at * 4 * units;
        for (int i = 0; i < units; i++) {
            float in = FloatMath.sigmoid(sums[i]);
            float forget = FloatMath.sigmoid(sums[units + i]);
            float candidate = FloatMath.tanh(sums[2 * units + i]);
            float out = FloatMath.sigmoid(sums[3 * units + i]);
            float before = continues ? cells[state - units + i] : 0;
            float cell = Math.fma(forget, before, in * candidate);
            gates[gate + i] = in;
            gates[gate + units + i] = forget;
            gates[gate + 2 * units + i] = candidate;
            gates[gate + 3 * units + i] = out;
            cells[state + i] = cell;
            values()[state + i] = out * FloatMath.tanh(cell);
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        inputWeights.beginBackward();
        recurrentWeights.beginBackward();
        Arrays.fill(biasGradient, 0);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(stateDeltas, 0);
            Arrays.fill(cellDeltas, 0);
            int first = steps - inputPresent[row];
            for (int step = steps - 1; step >= first; step--) {
                stepBack(inputs, deltas, row * steps + step, step > first);
            }
        }
        inputWeights.writeGradient(gradient);
        recurrentWeights.writeGradient(gradient);
        System.arraycopy(biasGradient, 0, gradient, biasOffset, biasGradient.length);
    }

    private void stepBack(float[] inputs, float[] deltas, int at, boolean continues) {
        int state = at * units;
        int gate = at * 4 * units;
        for (int i = 0; i < units; i++) {
            float in = gates[gate + i];
            float forget = gates[gate + units + i];
            float candidate = gates[gate + 2 * units + i];
            float out = gates[gate + 3 * units + i];
            float before = continues ? cells[state - units + i] : 0;
            float squashed = FloatMath.tanh(cells[state + i]);
            float delta = deltas[state + i] + stateDeltas[i];
            float cellDelta = Math.fma(delta * out, 1 - squashed * squashed, cellDeltas[i]);
            cellDeltas[i] = cellDelta * forget;
            sums[i] = cellDelta * candidate * in * (1 - in);
            sums[units + i] = cellDelta * before * forget * (1 - forget);
            sums[2 * units + i] = cellDelta * in * (1 - candidate * candidate);
            sums[3 * units + i] = delta * squashed * out * (1 - out);
        }
        inputWeights.addGradient(inputs, at * channels, sums);
        Matrix.add(1, sums, biasGradient, sums.length);
        Arrays.fill(stateDeltas, 0);
        if (continues) {
            recurrentWeights.addGradient(values(), state - units, sums);
            recurrentWeights.addBackProduct(sums, stateDeltas);
        }
        Arrays.fill(stepDeltas, 0);
        inputWeights.addBackProduct(sums, stepDeltas);
        System.arraycopy(stepDeltas, 0, inputDeltas(), at * channels, channels);
    }
}
