package dev.millrace.networks.layers;

import dev.millrace.networks.Engine;
import dev.millrace.networks.LayerHealth;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.Weights;
import dev.millrace.networks.learning.Initializer;
import dev.millrace.networks.learning.OutputLoss;
import dev.millrace.networks.learning.UpdateRule;
import dev.millrace.networks.loops.LoopChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What engines have in common: a stack of layers between the rows and the loss, and an update rule. They differ in the layers that
 * they bring.
 */
public abstract class LayeredEngine implements Engine {

    private final NetworkSpec spec;
    private final ParameterLayout layout;
    private final OutputLoss loss;
    private final UpdateRule rule;
    private final LayerStack layers;
    private final int scoredTogether;
    private final Pass training;
    private final float[] gradient;
    private final float[] group;

    private boolean watched;
    private List<LayerHealth> health = List.of();

    private @Nullable Weights loaded;
    private long loadedGeneration;

    /** @param scoredTogether most rows that are scored at a time */
    protected LayeredEngine(NetworkSpec spec, OwnLayers own, int scoredTogether) {
        this.spec = spec;
        this.layout = ParameterLayout.of(spec);
        this.loss = new OutputLoss(spec, LoopChoice.CHOSEN.flat());
        this.rule = new UpdateRule(spec, layout, LoopChoice.CHOSEN.flat());
        this.layers = new LayerStack(layout.stages(), own);
        layers.beFirst();
        this.scoredTogether = scoredTogether;
        this.training = Pass.training(spec.seed());
        this.gradient = new float[layout.parameterCount()];
        this.group = new float[scoredTogether * spec.inputs()];
    }

    @Override
    public final NetworkSpec spec() {
        return spec;
    }

    @Override
    public final int parameterCount() {
        return layout.parameterCount();
    }

    @Override
    public final int updaterStateCount() {
        return layout.updaterStateCount();
    }

    @Override
    public final Weights initialWeights(long seed) {
        return Initializer.initialWeights(layout, seed);
    }

    @Override
    public final void score(Weights weights, float[] inputs, int rows, float[] scores) {
        load(weights);
        int outputs = spec.outputs();
        for (int start = 0; start < rows; start += scoredTogether) {
            int count = Math.min(scoredTogether, rows - start);
            float[] values = inputs;
            if (start > 0) {
                System.arraycopy(inputs, start * spec.inputs(), group, 0, count * spec.inputs());
                values = group;
            }
            forward(values, count);
            loss.activate(layers.values(), count);
            System.arraycopy(layers.values(), 0, scores, start * outputs, count * outputs);
        }
    }

    /** From rows to sums, as often as it takes for all rows to be scored. */
    protected void forward(float[] inputs, int rows) {
        layers.forward(inputs, rows, Pass.SCORING);
    }

    @Override
    public final float fit(Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows) {
        return learn(weights, inputs, labels, rowWeights, rows, null);
    }

    @Override
    public final float fit(
            Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows, float[] inputGradients) {
        return learn(weights, inputs, labels, rowWeights, rows, inputGradients);
    }

    /** @param inputGradients null if nobody wants them */
    protected float learn(
            Weights weights,
            float[] inputs,
            float[] labels,
            float[] rowWeights,
            int rows,
            float @Nullable [] inputGradients) {
        loss.requireLabels(labels, rows);
        load(weights);
        training.moveTo(weights.updates(), inputGradients != null);
        layers.forward(inputs, rows, training);
        float[] sums = layers.values();
        float meanLoss = loss.differentiate(sums, labels, rowWeights, rows);
        layers.backward(sums, rows, training, gradient);
        if (watched) {
            health = layers.health(gradient, weights.parameters(), rows);
        }
        if (inputGradients != null) {
            int count = rows * spec.inputs();
            System.arraycopy(layers.inputDeltas(), 0, inputGradients, 0, count);
            if (!rule.isBounded(inputGradients, count)) {
                return Float.NaN;
            }
        }
        return rule.apply(weights, meanLoss, gradient) ? meanLoss : Float.NaN;
    }

    @Override
    public void inputGradient(Weights weights, float[] row, int output, float[] inputGradient) {
        load(weights);
        layers.forward(row, 1, Pass.SCORING);
        float[] sums = layers.values();
        loss.differentiateScore(sums, output);
        layers.backward(sums, 1, Pass.SCORING, gradient);
        System.arraycopy(layers.inputDeltas(), 0, inputGradient, 0, spec.inputs());
    }

    @Override
    public final void watchHealth(boolean watch) {
        watched = watch;
        health = List.of();
    }

    @Override
    public final List<LayerHealth> layerHealth() {
        return health;
    }

    private void load(Weights weights) {
        if (weights == loaded && weights.generation() == loadedGeneration) {
            return;
        }
        layers.load(weights.parameters());
        loaded = weights;
        loadedGeneration = weights.generation();
    }
}
