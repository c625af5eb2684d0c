package dev.millrace.networks;

import java.io.Serializable;
import java.util.List;

/**
 * A network and how it learns: everything an engine is built from.
 *
 * @param inputs length of a row
 * @param outputs scores per row: 1 for binary and regression tasks, the number of classes for multiclass
 * @param layers hidden layers from the input on; none makes a linear model
 * @param seed of the dropout masks; and of the initial weights where a model has no seed of its own
 * @param initialWeights how they are drawn
 */
public record NetworkSpec(
        int inputs,
        Task task,
        int outputs,
        List<LayerSpec> layers,
        LossSpec loss,
        OptimizerSpec optimizer,
        Regularization regularization,
        long seed,
        EngineChoice engine,
        InitialWeights initialWeights)
        implements Serializable {

    public NetworkSpec {
        layers = List.copyOf(layers);
        if (inputs < 1) {
            throw new IllegalArgumentException(
                    "model.inputs must be at least 1, got " + inputs + "; a model needs at least one feature");
        }
        requireOutputs(task, outputs);
        requireLoss(task, loss);
        if (optimizer instanceof OptimizerSpec.Ftrl && regularization.maxNorm() > 0) {
            throw new IllegalArgumentException("regularization.max-norm must be 0 with the optimiser ftrl, got "
                    + regularization.maxNorm() + "; its weights follow from its state, limit them with ftrl.l2");
        }
        // Laying out here refuses layers that do not fit, and too large ones before anything is allocated.
        LayoutBuilder.build(inputs, task, outputs, layers, optimizer, initialWeights);
    }

    /** With the usual initial weights. */
    public NetworkSpec(
            int inputs,
            Task task,
            int outputs,
            List<LayerSpec> layers,
            LossSpec loss,
            OptimizerSpec optimizer,
            Regularization regularization,
            long seed,
            EngineChoice engine) {
        this(inputs, task, outputs, layers, loss, optimizer, regularization, seed, engine, InitialWeights.DEFAULT);
    }

    private static void requireOutputs(Task task, int outputs) {
        switch (task) {
            case BINARY, REGRESSION, RANKING -> {
                if (outputs != 1) {
                    throw new IllegalArgumentException("model.outputs must be 1 for task " + task + ", got " + outputs
                            + "; use multiclass for more than two classes");
                }
            }
            case MULTICLASS -> {
                if (outputs < 2) {
                    throw new IllegalArgumentException("model.outputs must be at least 2 for task MULTICLASS, got "
                            + outputs + "; set it to the number of classes");
                }
            }
        }
    }

    private static void requireLoss(Task task, LossSpec loss) {
        if (!loss.suits(task)) {
            String suitable =
                    switch (task) {
                        case BINARY -> "cross-entropy, delayed-feedback, focal or hinge";
                        case MULTICLASS -> "cross-entropy or focal";
                        case REGRESSION -> "mean-squared-error, mean-absolute-error or huber";
                        case RANKING -> "listwise-softmax";
                    };
            throw new IllegalArgumentException("model.loss must be " + suitable + " for task " + task + ", got " + loss
                    + "; change the loss or the task");
        }
        if (task == Task.MULTICLASS && loss.positiveWeight() != 1) {
            throw new IllegalArgumentException("model.loss.positive-weight must be 1 for task MULTICLASS, got "
                    + loss.positiveWeight() + "; it weighs the positive class of a binary task");
        }
    }
}
