package dev.millrace.networks;

/** How the initial weights of a layer are drawn: i and u are the inputs and the units that a weight lies between. */
public enum WeightInitializer {
    /** {@link #HE_UNIFORM} before ReLU and its kin, else {@link #XAVIER_UNIFORM}. */
    AUTO,
    /** Uniform in ±√(6 / (i + u)) (Glorot and Bengio 2010) */
    XAVIER_UNIFORM,
    /** Normal with variance 2 / (i + u) */
    XAVIER_NORMAL,
    /** Uniform in ±√(6 / i) (He et al. 2015) */
    HE_UNIFORM,
    /** Normal with variance 2 / i */
    HE_NORMAL,
    /** Uniform in ±√(3 / i) (LeCun et al. 1998) */
    LECUN_UNIFORM,
    /** Normal with variance 1 / i */
    LECUN_NORMAL,
    /** Orthonormal rows or columns, whichever are fewer (Saxe et al. 2014) */
    ORTHOGONAL,
    /** 0: as an output layer, a model without an opinion. Never for hidden layers, whose units would stay alike. */
    ZEROS
}
