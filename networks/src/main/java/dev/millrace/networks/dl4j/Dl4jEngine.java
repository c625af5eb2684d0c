package dev.millrace.networks.dl4j;

import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.Weights;
import dev.millrace.networks.layers.LayerStack;
import dev.millrace.networks.layers.Pass;
import dev.millrace.networks.learning.Initializer;
import dev.millrace.networks.learning.OutputLoss;
import dev.millrace.networks.learning.UpdateRule;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;

/**
 * The engine for every layer: DL4J's dense layers go forward and backward, everything else is shared with other engines.
 *
 * <p>Layers are called one by one rather than through {@code MultiLayerNetwork}, whose last layer would add a loss of its own and
 * cut the gradient of extreme scores. Parameters are copied into native memory when other weights come than before, and after
 * each update; scoring many rows with the same weights copies nothing but the rows. Rows are scored one at a time: BLAS takes
 * another path for a group, which shows in the last bits.
 */
public final class Dl4jEngine implements Engine {

    private final NetworkSpec spec;
    private final ParameterLayout layout;
    private final OutputLoss loss;
    private final UpdateRule rule;
    private final String kernel;
    private final LayerStack layers;

    private final float[] gradient;
    private final float[] oneRow;
    private float[] sums;

    private @Nullable Weights loaded;
    private long loadedGeneration;

    public Dl4jEngine(NetworkSpec spec) {
        // Before anything that touches ND4J: fields are not initialised where they are declared.
        this.kernel = NativeRuntime.load().kernel();
        LayerWorkspaceMgr workspaces = Scratch.forLayers();
        this.spec = spec;
        this.layout = ParameterLayout.of(spec);
        this.loss = new OutputLoss(spec);
        this.rule = new UpdateRule(spec, layout);
        this.layers = new LayerStack(layout.stages(), stage -> new Dl4jDense(stage, workspaces));
        this.gradient = new float[layout.parameterCount()];
        this.oneRow = new float[spec.inputs()];
        this.sums = new float[spec.outputs()];
    }

    @Override
    public NetworkSpec spec() {
        return spec;
    }

    @Override
    public EngineChoice choice() {
        return EngineChoice.DL4J;
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
        return kernel;
    }

    @Override
    public Weights initialWeights(long seed) {
        return Initializer.initialWeights(layout, seed);
    }

    @Override
    public void score(Weights weights, float[] inputs, int rows, float[] scores) {
        load(weights);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(inputs, row * spec.inputs(), oneRow, 0, spec.inputs());
            try (MemoryWorkspace scratch = Scratch.open()) {
                layers.forward(oneRow, 1, Pass.SCORING);
            }
            takeSums(1);
            loss.activate(sums, 1);
            System.arraycopy(sums, 0, scores, row * spec.outputs(), spec.outputs());
        }
    }

    @Override
    public float fit(Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows) {
        loss.requireLabels(labels, rows);
        load(weights);
        Pass pass = Pass.training(spec.seed(), weights.updates());
        float meanLoss;
        try (MemoryWorkspace scratch = Scratch.open()) {
            layers.forward(inputs, rows, pass);
            takeSums(rows);
            meanLoss = loss.differentiate(sums, labels, rowWeights, rows);
            layers.backward(sums, rows, pass, gradient);
        }
        return rule.apply(weights, meanLoss, gradient) ? meanLoss : Float.NaN;
    }

    @Override
    public void inputGradient(Weights weights, float[] row, int output, float[] inputGradient) {
        load(weights);
        System.arraycopy(row, 0, oneRow, 0, spec.inputs());
        try (MemoryWorkspace scratch = Scratch.open()) {
            layers.forward(oneRow, 1, Pass.SCORING);
            takeSums(1);
            loss.differentiateScore(sums, output);
            layers.backward(sums, 1, Pass.SCORING, gradient);
        }
        System.arraycopy(layers.inputDeltas(), 0, inputGradient, 0, spec.inputs());
    }

    private void takeSums(int rows) {
        int count = rows * spec.outputs();
        if (sums.length < count) {
            sums = new float[count];
        }
        System.arraycopy(layers.values(), 0, sums, 0, count);
    }

    private void load(Weights weights) {
        if (weights == loaded && weights.generation() == loadedGeneration) {
            return;
        }
        layers.load(weights.parameters());
        loaded = weights;
        loadedGeneration = weights.generation();
    }

    @Override
    public void close() {
        Scratch.free();
    }
}
