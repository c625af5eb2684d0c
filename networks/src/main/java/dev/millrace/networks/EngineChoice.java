package dev.millrace.networks;

/** Which engine computes. Weights move between engines freely. */
public enum EngineChoice {
    /** The fastest engine that can express the network. */
    AUTO,
    /** DL4J: every layer, reproducible for one BLAS kernel. */
    DL4J,
    /** Pure Java: the same bits on every machine. */
    FUSED
}
