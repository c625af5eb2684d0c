package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Attention;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.learning.FloatMath;
import java.util.Arrays;

/** The formulas of {@link Attention}, one row after the other. Memory per row: the square of the steps, per head. */
final class AttentionLayer extends Layer {

    private final int heads;
    private final int units;
    private final int width;
    private final int channels;
    private final int steps;
    private final float scale;
    private final Matrix queryWeights;
    private final Matrix keyWeights;
    private final Matrix valueWeights;
    private final Matrix outputWeights;

    /** {@code [rows, steps, units]} each. */
    private float[] queries = new float[0];

    private float[] keys = new float[0];
    private float[] contents = new float[0];
    private float[] mixed = new float[0];

    /** {@code [rows, heads, steps, steps]}: how much a step looks at another. */
    private float[] looks = new float[0];

    private final float[] unit;
    private final float[] mixedDeltas;
    private final float[] queryDeltas;
    private final float[] keyDeltas;
    private final float[] contentDeltas;
    private final float[] lookDeltas;
    private final float[] stepDeltas;

    AttentionLayer(Stage stage, Attention spec) {
        super(stage);
        this.heads = spec.heads();
        this.units = spec.units();
        this.width = units / heads;
        this.channels = stage.input().channels();
        this.steps = stage.input().steps();
        this.scale = (float) (1 / Math.sqrt(width));
        this.queryWeights = new Matrix(stage.tensors().get(0));
        this.keyWeights = new Matrix(stage.tensors().get(1));
        this.valueWeights = new Matrix(stage.tensors().get(2));
        this.outputWeights = new Matrix(stage.tensors().get(3));
        this.unit = new float[units];
        this.mixedDeltas = new float[units];
        this.queryDeltas = new float[steps * units];
        this.keyDeltas = new float[steps * units];
        this.contentDeltas = new float[steps * units];
        this.lookDeltas = new float[steps];
        this.stepDeltas = new float[channels];
    }

    @Override
    protected void reserve(int rows) {
        queries = new float[rows * steps * units];
        keys = new float[rows * steps * units];
        contents = new float[rows * steps * units];
        mixed = new float[rows * steps * units];
        looks = new float[rows * heads * steps * steps];
    }

    @Override
    public void load(float[] parameters) {
        queryWeights.load(parameters);
        keyWeights.load(parameters);
        valueWeights.load(parameters);
        outputWeights.load(parameters);
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        for (int row = 0; row < rows; row++) {
            int first = steps - inputPresent[row];
            for (int step = first; step < steps; step++) {
                int at = row * steps + step;
                project(queryWeights, inputs, at, queries);
                project(keyWeights, inputs, at, keys);
                project(valueWeights, inputs, at, contents);
            }
            for (int step = first; step < steps; step++) {
                int at = row * steps + step;
                Arrays.fill(mixed, at * units, (at + 1) * units, 0);
                for (int head = 0; head < heads; head++) {
                    look(row, head, step, first);
                }
                Arrays.fill(unit, 0);
                outputWeights.addProduct(mixed, at * units, unit);
                System.arraycopy(unit, 0, values(), at * units, units);
            }
        }
    }

    private void project(Matrix weights, float[] inputs, int at, float[] target) {
        Arrays.fill(unit, 0);
        weights.addProduct(inputs, at * channels, unit);
        System.arraycopy(unit, 0, target, at * units, units);
    }

    private int looksOf(int row, int head, int step) {
        return ((row * heads + head) * steps + step) * steps;
    }

    private void look(int row, int head, int step, int first) {
        int query = (row * steps + step) * units + head * width;
        int look = looksOf(row, head, step);
        for (int other = first; other < steps; other++) {
            int key = (row * steps + other) * units + head * width;
            float product = 0;
            for (int i = 0; i < width; i++) {
                product = Math.fma(queries[query + i], keys[key + i], product);
            }
            looks[look + other] = product * scale;
        }
        FloatMath.softmax(looks, look + first, steps - first);
        for (int other = first; other < steps; other++) {
            int content = (row * steps + other) * units + head * width;
            for (int i = 0; i < width; i++) {
                mixed[query + i] = Math.fma(looks[look + other], contents[content + i], mixed[query + i]);
            }
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        queryWeights.beginBackward();
        keyWeights.beginBackward();
        valueWeights.beginBackward();
        outputWeights.beginBackward();
        for (int row = 0; row < rows; row++) {
            int first = steps - inputPresent[row];
            Arrays.fill(queryDeltas, 0);
            Arrays.fill(keyDeltas, 0);
            Arrays.fill(contentDeltas, 0);
            for (int step = first; step < steps; step++) {
                int at = row * steps + step;
                System.arraycopy(deltas, at * units, unit, 0, units);
                outputWeights.addGradient(mixed, at * units, unit);
                Arrays.fill(mixedDeltas, 0);
                outputWeights.addBackProduct(unit, mixedDeltas);
                for (int head = 0; head < heads; head++) {
                    lookBack(row, head, step, first);
                }
            }
            for (int step = first; step < steps; step++) {
                int at = (row * steps + step) * channels;
                Arrays.fill(stepDeltas, 0);
                projectBack(queryWeights, inputs, at, queryDeltas, step);
                projectBack(keyWeights, inputs, at, keyDeltas, step);
                projectBack(valueWeights, inputs, at, contentDeltas, step);
                System.arraycopy(stepDeltas, 0, inputDeltas(), at, channels);
            }
        }
        queryWeights.writeGradient(gradient);
        keyWeights.writeGradient(gradient);
        valueWeights.writeGradient(gradient);
        outputWeights.writeGradient(gradient);
    }

    private void lookBack(int row, int head, int step, int first) {
        int look = looksOf(row, head, step);
        int part = head * width;
        float mean = 0;
        for (int other = first; other < steps; other++) {
            int content = (row * steps + other) * units + part;
            float delta = 0;
            for (int i = 0; i < width; i++) {
                float mixedDelta = mixedDeltas[part + i];
                delta = Math.fma(mixedDelta, contents[content + i], delta);
                int target = other * units + part + i;
                contentDeltas[target] = Math.fma(looks[look + other], mixedDelta, contentDeltas[target]);
            }
            lookDeltas[other] = delta;
            mean = Math.fma(looks[look + other], delta, mean);
        }
        int query = (row * steps + step) * units + part;
        for (int other = first; other < steps; other++) {
            float delta = looks[look + other] * (lookDeltas[other] - mean) * scale;
            int key = (row * steps + other) * units + part;
            for (int i = 0; i < width; i++) {
                int ofQuery = step * units + part + i;
                int ofKey = other * units + part + i;
                queryDeltas[ofQuery] = Math.fma(delta, keys[key + i], queryDeltas[ofQuery]);
                keyDeltas[ofKey] = Math.fma(delta, queries[query + i], keyDeltas[ofKey]);
            }
        }
    }

    private void projectBack(Matrix weights, float[] inputs, int at, float[] deltas, int step) {
        System.arraycopy(deltas, step * units, unit, 0, units);
        weights.addGradient(inputs, at, unit);
        weights.addBackProduct(unit, stepDeltas);
    }
}
