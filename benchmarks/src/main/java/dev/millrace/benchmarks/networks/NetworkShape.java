package dev.millrace.benchmarks.networks;

import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import java.util.Arrays;
import java.util.List;

/** The networks that are measured: ReLU inside dense layers, one sigmoid out, cross-entropy, Adam. */
public enum NetworkShape {
    /** 32→64→32→1 */
    SMALL(32, 64, 32),
    /** 128→256→128→64→1 */
    LARGE(128, 256, 128, 64),
    /** 10 steps of 8 → LSTM of 32 → its last step → 1 */
    LSTM(new LayerSpec.Lstm(32)),
    /** 10 steps of 8 → GRU of 32 → its last step → 1 */
    GRU(new LayerSpec.Gru(32));

    static final int STEPS = 10;
    static final int CHANNELS = 8;

    static final float LEARNING_RATE = 0.001f;

    private final int inputs;
    private final int[] hidden;
    private final List<LayerSpec> layers;

    NetworkShape(int inputs, int... hidden) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.layers = Arrays.stream(hidden)
                .<LayerSpec>mapToObj(units -> new LayerSpec.Dense(units, Activation.RELU))
                .toList();
    }

    NetworkShape(LayerSpec recurrent) {
        this.inputs = STEPS * CHANNELS;
        this.hidden = new int[0];
        this.layers =
                List.of(new LayerSpec.Sequence(STEPS, false), recurrent, new LayerSpec.Pool(LayerSpec.Pooling.LAST));
    }

    int inputs() {
        return inputs;
    }

    /** Units of the dense layers between input and output. */
    List<Integer> hidden() {
        return Arrays.stream(hidden).boxed().toList();
    }

    NetworkSpec spec(EngineChoice engine) {
        return new NetworkSpec(
                inputs,
                Task.BINARY,
                1,
                layers,
                new LossSpec.CrossEntropy(),
                new OptimizerSpec.Adam(LEARNING_RATE),
                Regularization.NONE,
                42,
                engine);
    }

    /**
     * Floating-point operations of the matrix products that one update of a mini-batch cannot do without: forward, gradient of
     * the weights, and gradient of the inputs of all layers but the first. A multiplication and an addition count two. Of dense
     * networks.
     */
    double usefulOperations(int rows) {
        double weights = 0;
        int width = inputs;
        for (int units : hidden) {
            weights += (double) width * units;
            width = units;
        }
        weights += width;
        double inFirstLayer = (double) inputs * hidden[0];
        return 2.0 * rows * (3 * weights - inFirstLayer);
    }
}
