package dev.millrace.networks.engines;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.Weights;
import java.util.Arrays;
import java.util.List;

/** A hundred mini-batches; prints what they come to. Runs in a JVM of its own. */
final class Training {

    private static final int INPUTS = 19;
    private static final int ROWS = 37;

    private Training() {}

    /** @param arguments the engine */
    public static void main(String[] arguments) {
        System.out.println(digest(EngineChoice.valueOf(arguments[0])));
    }

    /** Kernel, and hashes of the bits of parameters, updater state, losses and scores. */
    static String digest(EngineChoice choice) {
        NetworkSpec spec = new NetworkSpec(
                INPUTS,
                Task.BINARY,
                1,
                List.of(
                        new LayerSpec.Dense(40, Activation.RELU),
                        new LayerSpec.Dropout(0.2f),
                        new LayerSpec.Dense(33, Activation.TANH)),
                new LossSpec.CrossEntropy(),
                Networks.ADAM,
                new Regularization(1e-5f, 1e-4f, 5, 1),
                42,
                choice);
        try (Engine engine = Engines.create(spec)) {
            Weights weights = engine.initialWeights(42);
            float[] losses = new float[100];
            for (int batch = 0; batch < losses.length; batch++) {
                float[] inputs = Networks.normal(INPUTS * ROWS, batch);
                losses[batch] =
                        engine.fit(weights, inputs, Networks.labels(spec, inputs, ROWS), Networks.ones(ROWS), ROWS);
            }
            float[] scores = new float[ROWS];
            engine.score(weights, Networks.normal(INPUTS * ROWS, 1000), ROWS, scores);
            return "%s %d updates %08x %08x %08x %08x"
                    .formatted(
                            engine.kernel(),
                            weights.updates(),
                            Arrays.hashCode(weights.parameters()),
                            Arrays.hashCode(weights.updaterState()),
                            Arrays.hashCode(losses),
                            Arrays.hashCode(scores));
        }
    }
}
