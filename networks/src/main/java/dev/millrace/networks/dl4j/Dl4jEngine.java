package dev.millrace.networks.dl4j;

import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Block;
import dev.millrace.networks.Weights;
import dev.millrace.networks.learning.DropoutMask;
import dev.millrace.networks.learning.Initializer;
import dev.millrace.networks.learning.OutputLoss;
import dev.millrace.networks.learning.UpdateRule;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The engine on DL4J: its layers go forward and backward, everything else is shared with other engines.
 *
 * <p>The layers are called one by one rather than through {@code MultiLayerNetwork}, whose last layer would add a loss of its
 * own and cut the gradient of extreme scores. Parameters are copied into native memory when other weights come than before,
 * and after each update; scoring many rows with the same weights copies nothing but the rows. Rows are scored one at a time:
 * BLAS takes another path for a group, which shows in the last bits.
 */
public final class Dl4jEngine implements Engine {

    private final NetworkSpec spec;
    private final ParameterLayout layout;
    private final OutputLoss loss;
    private final UpdateRule rule;
    private final String kernel;

    private final Dl4jNetwork network;
    private final LayerWorkspaceMgr workspaces;
    private final NativeMatrix oneRow;
    private NativeMatrix miniBatch;
    private NativeMatrix deltas;
    private final @Nullable NativeMatrix[] masks;

    private final float[] gradient;
    private final float[] oneRowSums;
    private float[] sums;
    private float[] mask = new float[0];

    public Dl4jEngine(NetworkSpec spec) {
        // Before anything that touches ND4J: fields are not initialised where they are declared.
        this.kernel = NativeRuntime.load().kernel();
        this.workspaces = Scratch.forLayers();
        this.spec = spec;
        this.layout = ParameterLayout.of(spec);
        this.loss = new OutputLoss(spec);
        this.rule = new UpdateRule(spec, layout);
        this.network = new Dl4jNetwork(layout);
        this.oneRow = new NativeMatrix(1, spec.inputs());
        this.miniBatch = oneRow;
        this.deltas = new NativeMatrix(1, spec.outputs());
        this.masks = new NativeMatrix[layout.blocks().size()];
        this.gradient = new float[layout.parameterCount()];
        this.oneRowSums = new float[spec.outputs()];
        this.sums = oneRowSums;
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
        network.load(weights);
        int outputs = spec.outputs();
        for (int row = 0; row < rows; row++) {
            try (MemoryWorkspace scratch = Scratch.open()) {
                oneRow.write(inputs, row * spec.inputs());
                NativeMatrix.read(forward(oneRow.array(), false), 1, outputs, oneRowSums);
            }
            loss.activate(oneRowSums, 1);
            System.arraycopy(oneRowSums, 0, scores, row * outputs, outputs);
        }
    }

    @Override
    public float fit(Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows) {
        loss.requireLabels(labels, rows);
        network.load(weights);
        reserve(rows);
        float meanLoss;
        try (MemoryWorkspace scratch = Scratch.open()) {
            miniBatch.write(inputs, 0);
            dropOut(weights.updates(), rows);
            NativeMatrix.read(forward(miniBatch.array(), true), rows, spec.outputs(), sums);
            meanLoss = loss.differentiate(sums, labels, rowWeights, rows);
            deltas.write(sums, 0);
            backward(deltas.array(), true);
        }
        network.readGradient(gradient);
        return rule.apply(weights, meanLoss, gradient) ? meanLoss : Float.NaN;
    }

    @Override
    public void inputGradient(Weights weights, float[] row, int output, float[] inputGradient) {
        network.load(weights);
        reserve(1);
        try (MemoryWorkspace scratch = Scratch.open()) {
            oneRow.write(row, 0);
            NativeMatrix.read(forward(oneRow.array(), false), 1, spec.outputs(), oneRowSums);
            loss.differentiateScore(oneRowSums, output);
            deltas.write(oneRowSums, 0);
            NativeMatrix.read(backward(deltas.array(), false), 1, spec.inputs(), inputGradient);
        }
    }

    private void reserve(int rows) {
        if (miniBatch.rows() == rows && deltas.rows() == rows) {
            return;
        }
        miniBatch = rows == 1 ? oneRow : new NativeMatrix(rows, spec.inputs());
        deltas = new NativeMatrix(rows, spec.outputs());
        sums = rows == 1 ? oneRowSums : new float[rows * spec.outputs()];
        int widest = 0;
        for (Block block : layout.blocks()) {
            if (block.inputDropout() > 0) {
                masks[block.index()] = new NativeMatrix(rows, block.inputs());
                widest = Math.max(widest, block.inputs());
            }
        }
        mask = new float[rows * widest];
    }

    private void dropOut(long update, int rows) {
        for (Block block : layout.blocks()) {
            NativeMatrix target = masks[block.index()];
            if (target != null) {
                DropoutMask.fill(spec.seed(), update, block.index(), block.inputDropout(), rows, block.inputs(), mask);
                target.write(mask, 0);
            }
        }
    }

    private INDArray forward(INDArray input, boolean training) {
        INDArray values = input;
        Layer[] layers = network.layers();
        for (int i = 0; i < layers.length; i++) {
            NativeMatrix dropout = masks[i];
            if (training && dropout != null) {
                values = values.mul(dropout.array());
            }
            values = layers[i].activate(values, training, workspaces);
        }
        return values;
    }

    private INDArray backward(INDArray outputDeltas, boolean training) {
        INDArray values = outputDeltas;
        Layer[] layers = network.layers();
        for (int i = layers.length - 1; i >= 0; i--) {
            values = layers[i].backpropGradient(values, workspaces).getSecond();
            NativeMatrix dropout = masks[i];
            if (training && dropout != null) {
                values.muli(dropout.array());
            }
        }
        return values;
    }

    @Override
    public void close() {
        Scratch.free();
    }
}
