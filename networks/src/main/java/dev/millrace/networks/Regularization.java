package dev.millrace.networks;

import java.io.Serializable;

/**
 * What is done to the gradient of the loss before the optimiser sees it, in this order, and to the weights after it; 0 leaves a
 * step out.
 *
 * @param clipValue every component is cut to [−clipValue, clipValue]
 * @param clipNorm the gradient is shortened to this Euclidean norm over all layers if it is longer
 * @param l1PerUpdate l1·sign(w) is added for every weight, never for a bias, once per update whatever the rows
 * @param l2PerUpdate l2·w, likewise
 * @param maxNorm after the update the incoming weights of every unit are shortened to this Euclidean norm if they are longer
 *     (Srivastava et al. 2014); never with the optimiser FTRL, whose weights follow from its state
 */
public record Regularization(float l1PerUpdate, float l2PerUpdate, float clipValue, float clipNorm, float maxNorm)
        implements Serializable {

    public static final Regularization NONE = new Regularization(0, 0, 0, 0);

    public Regularization {
        requirePenalty("l1", l1PerUpdate);
        requirePenalty("l2", l2PerUpdate);
        requireClip("clip-value", clipValue);
        requireClip("clip-norm", clipNorm);
        requireClip("max-norm", maxNorm);
    }

    public Regularization(float l1PerUpdate, float l2PerUpdate, float clipValue, float clipNorm) {
        this(l1PerUpdate, l2PerUpdate, clipValue, clipNorm, 0);
    }

    public boolean penalises() {
        return l1PerUpdate > 0 || l2PerUpdate > 0;
    }

    private static void requirePenalty(String name, float value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("regularization." + name + " must be between 0 and 1, got " + value
                    + "; 0 leaves it out, 1e-4 is usual");
        }
    }

    private static void requireClip(String name, float value) {
        if (!(value >= 0 && Float.isFinite(value))) {
            throw new IllegalArgumentException("regularization." + name + " must be at least 0 and finite, got " + value
                    + "; 0 leaves it out, 1 is usual");
        }
    }
}
