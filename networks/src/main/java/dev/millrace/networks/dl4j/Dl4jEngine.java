package dev.millrace.networks.dl4j;

import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Weights;
import dev.millrace.networks.layers.LayeredEngine;
import dev.millrace.networks.layers.OwnLayers;
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
public final class Dl4jEngine extends LayeredEngine {

    private final String kernel;

    public Dl4jEngine(NetworkSpec spec) {
        super(spec, dense(), 1);
        this.kernel = NativeRuntime.load().kernel();
    }

    private static OwnLayers dense() {
        // Before anything that touches ND4J.
        NativeRuntime.load();
        LayerWorkspaceMgr workspaces = Scratch.forLayers();
        return stages ->
                stages.get(0).layer() instanceof LayerSpec.Dense ? new Dl4jDense(stages.get(0), workspaces) : null;
    }

    @Override
    public EngineChoice choice() {
        return EngineChoice.DL4J;
    }

    @Override
    public String kernel() {
        return kernel;
    }

    @Override
    protected void forward(float[] inputs, int rows) {
        try (MemoryWorkspace scratch = Scratch.open()) {
            super.forward(inputs, rows);
        }
    }

    @Override
    protected float learn(
            Weights weights,
            float[] inputs,
            float[] labels,
            float[] rowWeights,
            int rows,
            float @Nullable [] inputGradients) {
        try (MemoryWorkspace scratch = Scratch.open()) {
            return super.learn(weights, inputs, labels, rowWeights, rows, inputGradients);
        }
    }

    @Override
    public void inputGradient(Weights weights, float[] row, int output, float[] inputGradient) {
        try (MemoryWorkspace scratch = Scratch.open()) {
            super.inputGradient(weights, row, output, inputGradient);
        }
    }

    @Override
    public void close() {
        Scratch.free();
    }
}
