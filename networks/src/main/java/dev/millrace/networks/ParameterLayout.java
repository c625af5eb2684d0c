package dev.millrace.networks;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each parameter of a network lies in the flat vector: layer by layer from the input on, of each layer the weights
 * row-major {@code W[inputs][units]}, then {@code bias[units]}. Layers without parameters take no room.
 *
 * <p>Updater state: the slots of the optimiser one after the other, each as long as the parameters and in their order.
 */
public record ParameterLayout(List<Block> blocks, int parameterCount, int updaterStateCount) {

    /**
     * A dense layer, the output layer included: Z = X·W + b.
     *
     * <ul>
     *   <li>X: {@code [rows, inputs]}, through dropout while training
     *   <li>W: {@code [inputs, units]} from {@code weightOffset}
     *   <li>b: {@code [units]} from {@code biasOffset}
     * </ul>
     *
     * @param inputDropout rate of the dropout in front of the layer, 0 without
     * @param output whether it is the last one, whose activation belongs to the loss
     */
    public record Block(
            int index,
            int inputs,
            int units,
            int weightOffset,
            int biasOffset,
            Activation activation,
            float inputDropout,
            boolean output) {

        public int weightCount() {
            return inputs * units;
        }

        public int endOffset() {
            return biasOffset + units;
        }
    }

    public ParameterLayout {
        blocks = List.copyOf(blocks);
    }

    public static ParameterLayout of(NetworkSpec spec) {
        List<Block> blocks = new ArrayList<>();
        int offset = 0;
        int width = spec.inputs();
        float dropout = 0;
        for (LayerSpec layer : spec.layers()) {
            if (layer instanceof LayerSpec.Dense dense) {
                blocks.add(block(blocks.size(), width, dense.units(), offset, dense.activation(), dropout, false));
                offset = blocks.get(blocks.size() - 1).endOffset();
                width = dense.units();
                dropout = 0;
            } else if (layer instanceof LayerSpec.Dropout drop) {
                dropout = drop.rate();
            }
        }
        Activation outputActivation = spec.task().outputActivation();
        blocks.add(block(blocks.size(), width, spec.outputs(), offset, outputActivation, dropout, true));
        int count = blocks.get(blocks.size() - 1).endOffset();
        return new ParameterLayout(blocks, count, count * spec.optimizer().slots());
    }

    private static Block block(
            int index, int inputs, int units, int offset, Activation activation, float dropout, boolean output) {
        return new Block(index, inputs, units, offset, offset + inputs * units, activation, dropout, output);
    }

    static long countOf(int inputs, List<LayerSpec> layers, int outputs, int slots) {
        long count = 0;
        long width = inputs;
        for (LayerSpec layer : layers) {
            if (layer instanceof LayerSpec.Dense dense) {
                count += (width + 1) * dense.units();
                width = dense.units();
            }
        }
        count += (width + 1) * outputs;
        if (count * Math.max(1, slots) > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("model.layers must give at most " + (Integer.MAX_VALUE - 8)
                    + " parameters times optimiser slots, got " + count + " times " + slots + "; make layers narrower");
        }
        return count;
    }
}
