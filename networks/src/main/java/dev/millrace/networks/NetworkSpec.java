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
        EngineChoice engine)
        implements Serializable {

    public NetworkSpec {
        layers = List.copyOf(layers);
        if (inputs < 1) {
            throw new IllegalArgumentException(
                    "model.inputs must be at least 1, got " + inputs + "; a model needs at least one feature");
        }
        requireOutputs(task, outputs);
        requireLoss(task, loss);
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i) instanceof LayerSpec.Dropout && layers.get(i - 1) instanceof LayerSpec.Dropout) {
                throw new IllegalArgumentException("model.layers[" + i + "] must not be dropout after dropout, got "
                        + layers.get(i - 1) + " and " + layers.get(i) + "; write one with the joint rate");
            }
        }
        // Counting here refuses a network too large for one array before anything is allocated.
        ParameterLayout.countOf(inputs, layers, outputs, optimizer.slots());
    }

    private static void requireOutputs(Task task, int outputs) {
        switch (task) {
            case BINARY, REGRESSION -> {
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
        boolean classification = task != Task.REGRESSION;
        boolean crossEntropy = loss instanceof LossSpec.CrossEntropy;
        if (classification != crossEntropy) {
            throw new IllegalArgumentException("model.loss must be "
                    + (classification ? "cross-entropy" : "mean-squared-error or mean-absolute-error") + " for task "
                    + task + ", got " + loss + "; change the loss or the task");
        }
        if (task == Task.MULTICLASS && loss instanceof LossSpec.CrossEntropy entropy && entropy.positiveWeight() != 1) {
            throw new IllegalArgumentException(
                    "model.loss.cross-entropy.positive-weight must be 1 for task MULTICLASS, got "
                            + entropy.positiveWeight() + "; it weighs the positive class of a binary task");
        }
    }
}
