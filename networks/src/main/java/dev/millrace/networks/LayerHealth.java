package dev.millrace.networks;

/**
 * How a layer fared in a mini-batch, before clipping and penalties.
 *
 * @param stage index of the layer, see {@link ParameterLayout.Stage}
 * @param layer what it is
 * @param gradientNorm Euclidean norm of its gradient
 * @param weightNorm Euclidean norm of its weights, without biases
 * @param relativeGradient root mean square of its gradient over that of the output layer; NaN where that is 0
 * @param deadShare share of its units that were 0 at every row and step; NaN unless it is a layer with ReLU
 */
public record LayerHealth(
        int stage, LayerSpec layer, double gradientNorm, double weightNorm, double relativeGradient, double deadShare) {

    /** Root mean square of a gradient, relative to the output layer's, below which it is said to vanish. */
    public static final double VANISHING = 1e-4;

    /** The same, above which it is said to explode. */
    public static final double EXPLODING = 1e3;

    /** Whether so little arrives here that the layer hardly learns. */
    public boolean vanishing() {
        return relativeGradient < VANISHING;
    }

    /** Whether the gradient grew on its way here, or is not finite. */
    public boolean exploding() {
        return relativeGradient > EXPLODING || !Double.isFinite(gradientNorm);
    }
}
