package dev.millrace.networks.fused;

import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.Weights;
import dev.millrace.networks.learning.Initializer;
import dev.millrace.networks.learning.OutputLoss;
import dev.millrace.networks.learning.UpdateRule;
import org.jspecify.annotations.Nullable;

/**
 * The engine in pure Java for dense networks: the same bits on every machine, for a row alone or in any group.
 *
 * <p>Every element is accumulated in one fixed order by {@code Math.fma}, every exponential is a fixed polynomial: neither the
 * CPU nor the JIT compiler has a say in the result. Where the JVM has {@code jdk.incubator.vector} the loops run on vectors, plain
 * otherwise: slower, the same bits. On a CPU without fused multiply-add the results are the same and the speed is
 * not (the JVM emulates it).
 *
 * <p>Cost: a copy of the parameters when other weights come than before and after each update; nothing is allocated once a
 * mini-batch of the size has been seen.
 */
public final class FusedEngine implements Engine {

    /** To be counted up with any change of the arithmetic that shows in the bits. */
    private static final String KERNEL = "fused/1";

    /** Rows scored at a time: enough to fill the tiles of the products, few enough to stay in the cache. */
    private static final int SCORED_TOGETHER = 64;

    private final NetworkSpec spec;
    private final ParameterLayout layout;
    private final OutputLoss loss;
    private final UpdateRule rule;
    private final DenseLayer[] layers;
    private final float[] gradient;

    private float[][] input = new float[0][];
    private float[][] inputDeltas = new float[0][];
    private float[] sums = new float[0];

    private @Nullable Weights loaded;
    private long loadedGeneration;

    /** @throws IllegalArgumentException if the network has what {@link FusedCatalogue} lacks */
    public FusedEngine(NetworkSpec spec) {
        FusedCatalogue.require(spec);
        this.spec = spec;
        this.layout = ParameterLayout.of(spec);
        this.loss = new OutputLoss(spec, LoopChoice.CHOSEN.flat());
        this.rule = new UpdateRule(spec, layout, LoopChoice.CHOSEN.flat());
        this.layers = layout.blocks().stream()
                .map(block -> new DenseLayer(LoopChoice.CHOSEN, block))
                .toArray(DenseLayer[]::new);
        this.gradient = new float[layout.parameterCount()];
        reserve(1);
    }

    @Override
    public NetworkSpec spec() {
        return spec;
    }

    @Override
    public EngineChoice choice() {
        return EngineChoice.FUSED;
    }

    @Override
    public int parameterCount() {
        return layout.parameterCount();
    }

    @Override
    public int updaterStateCount() {
        return layout.updaterStateCount();
    }

    @Override
    public String kernel() {
        return KERNEL;
    }

    @Override
    public Weights initialWeights(long seed) {
        return Initializer.initialWeights(layout, seed);
    }

    @Override
    public void score(Weights weights, float[] inputs, int rows, float[] scores) {
        load(weights);
        reserve(Math.min(rows, SCORED_TOGETHER));
        for (int start = 0; start < rows; start += SCORED_TOGETHER) {
            score(inputs, start, Math.min(SCORED_TOGETHER, rows - start), scores);
        }
    }

    private void score(float[] inputs, int start, int rows, float[] scores) {
        int outputs = spec.outputs();
        copyInput(inputs, start, rows);
        forward(rows);
        copySums(rows);
        loss.activate(sums, rows);
        System.arraycopy(sums, 0, scores, start * outputs, rows * outputs);
    }

    @Override
    public float fit(Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows) {
        loss.requireLabels(labels, rows);
        load(weights);
        reserve(rows);
        copyInput(inputs, 0, rows);
        forwardThroughDropout(weights.updates(), rows);
        float meanLoss = differentiateLoss(labels, rowWeights, rows);
        backward(rows);
        return rule.apply(weights, meanLoss, gradient) ? meanLoss : Float.NaN;
    }

    @Override
    public void inputGradient(Weights weights, float[] row, int output, float[] inputGradient) {
        load(weights);
        copyInput(row, 0, 1);
        forward(1);
        copySums(1);
        loss.differentiateScore(sums, output);
        copyDeltas(1);
        for (int i = layers.length - 1; i >= 0; i--) {
            layers[i].prepareBackward();
            layers[i].differentiateActivation(1);
            layers[i].differentiateInput(i == 0 ? inputDeltas : layers[i - 1].deltas(), 1, false);
        }
        System.arraycopy(inputDeltas[0], 0, inputGradient, 0, spec.inputs());
    }

    private void copyInput(float[] inputs, int start, int rows) {
        int width = spec.inputs();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(inputs, (start + row) * width, input[row], 0, width);
        }
    }

    /** The input to the sums of the output layer, without dropout. */
    private void forward(int rows) {
        float[][] values = input;
        for (DenseLayer layer : layers) {
            layer.forward(values, rows);
            values = layer.values();
        }
    }

    private void forwardThroughDropout(long update, int rows) {
        float[][] values = input;
        for (DenseLayer layer : layers) {
            if (layer.drops()) {
                layer.dropOut(values, rows, spec.seed(), update);
                values = layer.dropped();
            }
            layer.forward(values, rows);
            values = layer.values();
        }
    }

    private float differentiateLoss(float[] labels, float[] rowWeights, int rows) {
        copySums(rows);
        float meanLoss = loss.differentiate(sums, labels, rowWeights, rows);
        copyDeltas(rows);
        return meanLoss;
    }

    /** From the rows of the output layer to a flat array. */
    private void copySums(int rows) {
        int outputs = spec.outputs();
        float[][] values = last().values();
        for (int row = 0; row < rows; row++) {
            float[] from = values[row];
            for (int i = 0; i < outputs; i++) {
                sums[row * outputs + i] = from[i];
            }
        }
    }

    /** And back. */
    private void copyDeltas(int rows) {
        int outputs = spec.outputs();
        float[][] deltas = last().deltas();
        for (int row = 0; row < rows; row++) {
            float[] to = deltas[row];
            for (int i = 0; i < outputs; i++) {
                to[i] = sums[row * outputs + i];
            }
        }
    }

    private void backward(int rows) {
        for (int i = layers.length - 1; i >= 0; i--) {
            DenseLayer layer = layers[i];
            float[][] before = i == 0 ? input : layers[i - 1].values();
            layer.differentiateActivation(rows);
            layer.differentiateParameters(layer.drops() ? layer.dropped() : before, rows, gradient);
            if (i > 0) {
                layer.prepareBackward();
                layer.differentiateInput(layers[i - 1].deltas(), rows, true);
            }
        }
    }

    private DenseLayer last() {
        return layers[layers.length - 1];
    }

    private void load(Weights weights) {
        if (weights == loaded && weights.generation() == loadedGeneration) {
            return;
        }
        for (DenseLayer layer : layers) {
            layer.load(weights.parameters());
        }
        loaded = weights;
        loadedGeneration = weights.generation();
    }

    private void reserve(int rows) {
        if (input.length >= rows) {
            return;
        }
        input = Loops.matrix(rows, spec.inputs());
        inputDeltas = Loops.matrix(1, spec.inputs());
        sums = new float[rows * spec.outputs()];
        for (DenseLayer layer : layers) {
            layer.reserve(rows);
        }
    }

    /** Has nothing but heap memory. */
    @Override
    public void close() {}
}
