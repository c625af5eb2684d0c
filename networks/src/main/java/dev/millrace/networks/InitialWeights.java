package dev.millrace.networks;

import java.io.Serializable;

/** How initial weights are drawn, of the hidden layers and of the output layer. */
public record InitialWeights(WeightInitializer hidden, WeightInitializer output) implements Serializable {

    public static final InitialWeights DEFAULT = new InitialWeights(WeightInitializer.AUTO, WeightInitializer.AUTO);

    public InitialWeights {
        if (hidden == WeightInitializer.ZEROS) {
            throw new IllegalArgumentException(
                    "initial-weights.hidden must not be ZEROS: units would stay alike for ever; use it for the output layer");
        }
    }
}
