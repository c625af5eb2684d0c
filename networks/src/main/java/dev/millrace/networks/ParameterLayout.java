package dev.millrace.networks;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each parameter of a network lies in the flat vector: layer by layer from the input on, of each layer its {@link Tensor}s
 * in the order below, each row-major. Layers without parameters take no room; branches come one after the other, then the layers beside their join.
 *
 * <ul>
 *   <li>dense: weights {@code [inputs][units]}, bias {@code [units]}
 *   <li>lstm: weights {@code [inputs][4·units]}, recurrent weights {@code [units][4·units]}, bias {@code [4·units]}, each in the
 *       order i, f, g, o
 *   <li>gru: weights {@code [inputs][3·units]}, recurrent weights {@code [units][3·units]}, bias {@code [3·units]}, each in the order
 *       r, z, g
 *   <li>convolution: weights {@code [width][channels][filters]}, earliest step first, bias {@code [filters]}
 *   <li>attention: Q, K, V {@code [channels][units]}, O {@code [units][units]}, heads side by side
 *   <li>normalisation: γ, β; of batches then running mean and variance, {@code [channels]} each
 * </ul>
 *
 * <p>Updater state: the slots of the optimiser one after the other, each as long as the parameters and in their order.
 */
public final class ParameterLayout {

    private final List<Stage> stages;
    private final List<Tensor> tensors;
    private final int parameterCount;
    private final int updaterStateCount;

    private ParameterLayout(List<Stage> stages, List<Tensor> tensors, int parameterCount, int updaterStateCount) {
        this.stages = List.copyOf(stages);
        this.tensors = List.copyOf(tensors);
        this.parameterCount = parameterCount;
        this.updaterStateCount = updaterStateCount;
    }

    /**
     * A layer in its place, the output layer included.
     *
     * @param index how many stages that are no dropout come before it, those inside other stages included; a residual
     *     connection, each branch, the layers beside a join and all branches together count after what is inside them
     * @param layer of the output layer: dense, with the activation of the task
     * @param last whether it is the output layer, whose activation belongs to the loss
     * @param inner the stages inside: of a residual connection one list, of branches one per branch and one more
     *     for the layers beside the join, if there are any
     */
    public record Stage(
            int index,
            LayerSpec layer,
            boolean last,
            Shape input,
            Shape output,
            List<Tensor> tensors,
            List<List<Stage>> inner) {

        public Stage {
            tensors = List.copyOf(tensors);
            inner = inner.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Parameters of a stage that are one thing: {@code [rows][columns]} from {@code offset} on.
     *
     * @param stage index of the stage
     */
    public record Tensor(int stage, String name, Role role, int offset, int rows, int columns, Start start) {

        public int count() {
            return rows * columns;
        }

        public int endOffset() {
            return offset + count();
        }
    }

    /** What is done to parameters besides the optimiser's step. */
    public enum Role {
        /** Penalised, decays, has a largest norm. A column is what comes into one unit. */
        WEIGHT,
        /** Nothing: biases, gains, shifts. */
        FREE,
        /** Nothing, not even the optimiser's step: what a layer measures. */
        STATISTIC
    }

    /** What parameters are at first. */
    public sealed interface Start {
        record Constant(float value) implements Start {}

        /** @param inputs i of {@link WeightInitializer}, {@code units} its u */
        record Drawn(WeightInitializer initializer, int inputs, int units) implements Start {}
    }

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

    /** Cannot fail: a spec whose layers do not fit each other cannot be made. */
    public static ParameterLayout of(NetworkSpec spec) {
        return LayoutBuilder.build(
                spec.inputs(), spec.task(), spec.outputs(), spec.layers(), spec.optimizer(), spec.initialWeights());
    }

    static ParameterLayout of(List<Stage> stages, List<Tensor> tensors, int count, int slots) {
        return new ParameterLayout(stages, tensors, count, count * slots);
    }

    /** From the input on; the output layer is the last one. */
    public List<Stage> stages() {
        return stages;
    }

    /** In the order of the flat vector. */
    public List<Tensor> tensors() {
        return tensors;
    }

    public int parameterCount() {
        return parameterCount;
    }

    public int updaterStateCount() {
        return updaterStateCount;
    }

    /**
     * The blocks that stages of dense layers and dropout make. A dropout behind the last of them belongs to none.
     *
     * @throws IllegalArgumentException if there is another layer
     */
    public static List<Block> blocks(List<Stage> stages) {
        List<Block> blocks = new ArrayList<>();
        float dropout = 0;
        for (Stage stage : stages) {
            if (stage.layer() instanceof LayerSpec.Dense dense) {
                Tensor weights = stage.tensors().get(0);
                Tensor bias = stage.tensors().get(1);
                blocks.add(new Block(
                        stage.index(),
                        weights.rows(),
                        weights.columns(),
                        weights.offset(),
                        bias.offset(),
                        dense.activation(),
                        dropout,
                        stage.last()));
                dropout = 0;
            } else if (stage.layer() instanceof LayerSpec.Dropout drop) {
                dropout = drop.rate();
            } else {
                throw new IllegalArgumentException("only dense layers and dropout have blocks, got " + stage.layer());
            }
        }
        return List.copyOf(blocks);
    }
}
