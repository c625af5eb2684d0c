package dev.millrace.networks.learning;

import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Block;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.Weights;

/**
 * Initial weights: uniform in ±√(6 / (inputs + units)) (Glorot and Bengio 2010), before ReLU in ±√(6 / inputs) (He et al. 2015);
 * biases 0, updater state 0.
 *
 * <p>Each weight is a pure function of (seed, layer, its index): the same on every machine and in every engine.
 */
public final class Initializer {

    private Initializer() {}

    public static Weights initialWeights(ParameterLayout layout, long seed) {
        float[] parameters = new float[layout.parameterCount()];
        for (Block block : layout.blocks()) {
            long layerSeed = Seeds.mix(seed, block.index());
            double bound = bound(block);
            for (int i = 0; i < block.weightCount(); i++) {
                // 53 bits, symmetric about 0, never 0 itself.
                double unit = ((Seeds.mix(layerSeed, i) >>> 11) + 0.5) * 0x1p-53;
                parameters[block.weightOffset() + i] = (float) ((2 * unit - 1) * bound);
            }
        }
        return new Weights(parameters, new float[layout.updaterStateCount()], 0);
    }

    private static double bound(Block block) {
        return switch (block.activation()) {
            case RELU -> Math.sqrt(6.0 / block.inputs());
            case SIGMOID, TANH, SOFTMAX, IDENTITY -> Math.sqrt(6.0 / (block.inputs() + block.units()));
        };
    }
}
