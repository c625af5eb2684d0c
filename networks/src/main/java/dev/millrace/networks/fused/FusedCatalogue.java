package dev.millrace.networks.fused;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import org.jspecify.annotations.Nullable;

/** What {@link FusedEngine} can express: dense layers and dropout, with these activations. */
public final class FusedCatalogue {

    private FusedCatalogue() {}

    /** The first layer that the engine cannot compute, as {@code model.layers[i]} and its value; null if it can compute all. */
    public static @Nullable String missing(NetworkSpec spec) {
        for (int i = 0; i < spec.layers().size(); i++) {
            LayerSpec layer = spec.layers().get(i);
            boolean known = layer instanceof LayerSpec.Dropout
                    || (layer instanceof LayerSpec.Dense dense && isKnown(dense.activation()));
            if (!known) {
                return "model.layers[" + i + "] " + layer;
            }
        }
        return null;
    }

    static void require(NetworkSpec spec) {
        String missing = missing(spec);
        if (missing != null) {
            throw new IllegalArgumentException(
                    "model.engine fused computes dense layers and dropout with the activations "
                            + "relu, sigmoid, tanh, softmax and identity, got " + missing
                            + "; write engine: auto or dl4j");
        }
    }

    private static boolean isKnown(Activation activation) {
        return switch (activation) {
            case RELU, SIGMOID, TANH, SOFTMAX, IDENTITY -> true;
            case LEAKY_RELU, ELU, GELU -> false;
        };
    }
}
