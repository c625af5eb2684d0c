package dev.millrace.networks;

/** What a layer does to the sums of its units. */
public enum Activation {
    /** 1 / (1 + e^-z) */
    SIGMOID,
    TANH,
    /** max(0, z); its derivative at 0 is 0 */
    RELU,
    /** e^z of a unit over the sum of the same of all units of the layer */
    SOFTMAX,
    IDENTITY,
    /** z where positive, else z / 100 (Maas et al. 2013); its derivative at 0 is 1/100 */
    LEAKY_RELU,
    /** z where positive, else e^z − 1 (Clevert et al. 2016) */
    ELU,
    /** z·σ(2·√(2/π)·(z + 0.044715·z³)): z·Φ(z) in its tanh form (Hendrycks and Gimpel 2016) */
    GELU;

    /** Slope of {@link #LEAKY_RELU} below 0. */
    public static final float LEAK = 0.01f;

    /** Whether about half the units are silent, which initial weights make up for. */
    public boolean rectifies() {
        return switch (this) {
            case RELU, LEAKY_RELU, ELU, GELU -> true;
            case SIGMOID, TANH, SOFTMAX, IDENTITY -> false;
        };
    }
}
