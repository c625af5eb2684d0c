package dev.millrace.networks;

import java.io.Serializable;

/** A hidden layer. The output layer is not written: the task implies it. */
public sealed interface LayerSpec extends Serializable {

    /** Every unit sees every unit of the layer before. */
    record Dense(int units, Activation activation) implements LayerSpec {
        public Dense {
            if (units < 1) {
                throw new IllegalArgumentException(
                        "dense.units must be at least 1, got " + units + "; set it to the width of the layer, e.g. 64");
            }
        }
    }

    /**
     * While training, sets each value of the layer before to zero with probability {@code rate} and multiplies the others by
     * 1 / (1 − rate) (Srivastava et al. 2014, inverted). Does nothing when scoring.
     */
    record Dropout(float rate) implements LayerSpec {
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("dropout.rate must be at least 0 and below 1, got " + rate
                        + "; set it to the share of values to drop, e.g. 0.2");
            }
        }
    }
}
