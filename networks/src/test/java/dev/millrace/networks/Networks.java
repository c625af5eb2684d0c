package dev.millrace.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Specs and rows for tests. */
public final class Networks {

    public static final OptimizerSpec ADAM = new OptimizerSpec.Adam(0.01f);

    private Networks() {}

    /** A binary classifier with hidden layers of these widths. */
    public static NetworkSpec binary(int inputs, Activation activation, int... hidden) {
        List<LayerSpec> layers = new ArrayList<>();
        Arrays.stream(hidden).forEach(units -> layers.add(new LayerSpec.Dense(units, activation)));
        return new NetworkSpec(
                inputs,
                Task.BINARY,
                1,
                layers,
                new LossSpec.CrossEntropy(),
                ADAM,
                Regularization.NONE,
                7,
                EngineChoice.AUTO);
    }

    public static NetworkSpec withTask(NetworkSpec spec, Task task, int outputs, LossSpec loss) {
        return new NetworkSpec(
                spec.inputs(),
                task,
                outputs,
                spec.layers(),
                loss,
                spec.optimizer(),
                spec.regularization(),
                spec.seed(),
                spec.engine());
    }

    public static NetworkSpec with(NetworkSpec spec, OptimizerSpec optimizer) {
        return new NetworkSpec(
                spec.inputs(),
                spec.task(),
                spec.outputs(),
                spec.layers(),
                spec.loss(),
                optimizer,
                spec.regularization(),
                spec.seed(),
                spec.engine());
    }

    public static NetworkSpec with(NetworkSpec spec, LossSpec loss) {
        return withTask(spec, spec.task(), spec.outputs(), loss);
    }

    public static NetworkSpec with(NetworkSpec spec, List<LayerSpec> layers) {
        return new NetworkSpec(
                spec.inputs(),
                spec.task(),
                spec.outputs(),
                layers,
                spec.loss(),
                spec.optimizer(),
                spec.regularization(),
                spec.seed(),
                spec.engine());
    }

    public static NetworkSpec with(NetworkSpec spec, Regularization regularization) {
        return new NetworkSpec(
                spec.inputs(),
                spec.task(),
                spec.outputs(),
                spec.layers(),
                spec.loss(),
                spec.optimizer(),
                regularization,
                spec.seed(),
                spec.engine());
    }

    /** Standard normal values. */
    public static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Labels that fit the task and depend on the row's values, so that there is something to learn. */
    public static float[] labels(NetworkSpec spec, float[] inputs, int rows) {
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++) {
            float first = inputs[row * spec.inputs()];
            float last = inputs[(row + 1) * spec.inputs() - 1];
            labels[row] = switch (spec.task()) {
                case BINARY -> first + last > 0 ? 1 : negative(spec, first);
                case MULTICLASS -> Math.floorMod((int) Math.floor(first * 2), spec.outputs());
                case REGRESSION -> first - 0.5f * last;
                case RANKING -> firstOfList(row);
            };
        }
        return labels;
    }

    /** Lists of 1, 2, 3, 4 rows and so on in turns; who is chosen follows from nothing, but few rows can be learned by heart. */
    private static float firstOfList(int row) {
        int within = row % 10;
        return within == 0 || within == 1 || within == 3 || within == 6 ? 1 : 0;
    }

    /** Some negatives are assumed where the loss can tell them apart. */
    private static float negative(NetworkSpec spec, float first) {
        return spec.loss() instanceof LossSpec.DelayedFeedback && first > 0
                ? LossSpec.DelayedFeedback.assumedNegative(0.7f)
                : 0;
    }

    public static float[] ones(int count) {
        float[] values = new float[count];
        Arrays.fill(values, 1);
        return values;
    }
}
