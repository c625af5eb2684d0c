package dev.millrace.networks;

import java.io.Serializable;

/**
 * How initial weights are drawn, of the hidden layers and of the output layer.
 *
 * @param outputBias what the bias of every output begins with; finite. A regression that begins where its targets lie need not
 *     learn that first, at the cost of all its weights
 */
public record InitialWeights(WeightInitializer hidden, WeightInitializer output, float outputBias)
        implements Serializable {

    public static final InitialWeights DEFAULT = new InitialWeights(WeightInitializer.AUTO, WeightInitializer.AUTO);

    /** With an output bias of 0. */
    public InitialWeights(WeightInitializer hidden, WeightInitializer output) {
        this(hidden, output, 0);
    }

    public InitialWeights {
        if (!Float.isFinite(outputBias)) {
            throw new IllegalArgumentException(
                    "initial-weights.output-bias must be finite, got " + outputBias + "; leave it out");
        }
        if (hidden == WeightInitializer.ZEROS) {
            throw new IllegalArgumentException(
                    "initial-weights.hidden must not be ZEROS: units would stay alike for ever; use it for the output layer");
        }
    }

    public InitialWeights withOutputBias(float bias) {
        return new InitialWeights(hidden, output, bias);
    }
}
