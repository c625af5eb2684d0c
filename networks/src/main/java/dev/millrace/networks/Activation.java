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
    IDENTITY
}
