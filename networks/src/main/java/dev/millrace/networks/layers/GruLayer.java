package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Gru;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.learning.FloatMath;
import java.util.Arrays;

/** The formulas of {@link Gru}, one row after the other. */
final class GruLayer extends Layer {

    private final int units;
    private final int channels;
    private final int steps;
    private final int biasOffset;
    private final Matrix inputWeights;
    private final Matrix gateWeights;
    private final Matrix candidateWeights;
    private final float[] bias;

    /** {@code [rows, steps, units]} each. */
    private float[] resets = new float[0];

    private float[] keeps = new float[0];
    private float[] candidates = new float[0];
    private float[] resetStates = new float[0];

    private final float[] sums;
    private final float[] gateSums;
    private final float[] candidateSums;
    private final float[] biasGradient;
    private final float[] stateDeltas;
    private final float[] resetDeltas;
    private final float[] stepDeltas;

    GruLayer(Stage stage, Gru spec) {
        super(stage);
        this.units = spec.units();
        this.channels = stage.input().channels();
        this.steps = stage.input().steps();
        this.inputWeights = new Matrix(stage.tensors().get(0));
        Tensor recurrent = stage.tensors().get(1);
        this.gateWeights = new Matrix(recurrent, 0, 2 * units);
        this.candidateWeights = new Matrix(recurrent, 2 * units, units);
        this.biasOffset = stage.tensors().get(2).offset();
        this.bias = new float[3 * units];
        this.sums = new float[3 * units];
        this.gateSums = new float[2 * units];
        this.candidateSums = new float[units];
        this.biasGradient = new float[3 * units];
        this.stateDeltas = new float[units];
        this.resetDeltas = new float[units];
        this.stepDeltas = new float[channels];
    }

    @Override
    protected void reserve(int rows) {
        resets = new float[rows * steps * units];
        keeps = new float[rows * steps * units];
        candidates = new float[rows * steps * units];
        resetStates = new float[rows * steps * units];
    }

    @Override
    public void load(float[] parameters) {
        inputWeights.load(parameters);
        gateWeights.load(parameters);
        candidateWeights.load(parameters);
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
        System.arraycopy(sums, 0, gateSums, 0, gateSums.length);
        System.arraycopy(sums, 2 * units, candidateSums, 0, units);
        int state = at * units;
        if (continues) {
            gateWeights.addProduct(values(), state - units, gateSums);
        }
        for (int i = 0; i < units; i++) {
            resets[state + i] = FloatMath.sigmoid(gateSums[i]);
            keeps[state + i] = FloatMath.sigmoid(gateSums[units + i]);
            resetStates[state + i] = continues ? resets[state + i] * values()[state - units + i] : 0;
        }
        if (continues) {
            candidateWeights.addProduct(resetStates, state, candidateSums);
        }
        for (int i = 0; i < units; i++) {
            float candidate = FloatMath.tanh(candidateSums[i]);
            float before = continues ? values()[state - units + i] : 0;
            candidates[state + i] = candidate;
            values()[state + i] = Math.fma(keeps[state + i], before - candidate, candidate);
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        inputWeights.beginBackward();
        gateWeights.beginBackward();
        candidateWeights.beginBackward();
        Arrays.fill(biasGradient, 0);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(stateDeltas, 0);
            int first = steps - inputPresent[row];
            for (int step = steps - 1; step >= first; step--) {
                stepBack(inputs, deltas, row * steps + step, step > first);
            }
        }
        inputWeights.writeGradient(gradient);
        gateWeights.writeGradient(gradient);
        candidateWeights.writeGradient(gradient);
        System.arraycopy(biasGradient, 0, gradient, biasOffset, biasGradient.length);
    }

    private void stepBack(float[] inputs, float[] deltas, int at, boolean continues) {
        int state = at * units;
        for (int i = 0; i < units; i++) {
            float keep = keeps[state + i];
            float candidate = candidates[state + i];
            float before = continues ? values()[state - units + i] : 0;
            float delta = deltas[state + i] + stateDeltas[i];
            candidateSums[i] = delta * (1 - keep) * (1 - candidate * candidate);
            gateSums[units + i] = delta * (before - candidate) * keep * (1 - keep);
            stateDeltas[i] = delta * keep;
        }
        Arrays.fill(resetDeltas, 0);
        if (continues) {
            candidateWeights.addBackProduct(candidateSums, resetDeltas);
            candidateWeights.addGradient(resetStates, state, candidateSums);
        }
        for (int i = 0; i < units; i++) {
            float reset = resets[state + i];
            float before = continues ? values()[state - units + i] : 0;
            gateSums[i] = resetDeltas[i] * before * reset * (1 - reset);
            stateDeltas[i] = Math.fma(resetDeltas[i], reset, stateDeltas[i]);
        }
        if (continues) {
            gateWeights.addGradient(values(), state - units, gateSums);
            gateWeights.addBackProduct(gateSums, stateDeltas);
        }
        System.arraycopy(gateSums, 0, sums, 0, gateSums.length);
        System.arraycopy(candidateSums, 0, sums, 2 * units, units);
        inputWeights.addGradient(inputs, at * channels, sums);
        Matrix.add(1, sums, biasGradient, sums.length);
        Arrays.fill(stepDeltas, 0);
        inputWeights.addBackProduct(sums, stepDeltas);
        System.arraycopy(stepDeltas, 0, inputDeltas(), at * channels, channels);
    }
}
