package dev.millrace.networks.learning;

/**
 * What an update spends beside the products of matrices, on vectors: loops over flat arrays that the JIT compiler does not vectorise
 * by itself, or only with copies.
 *
 * <p>Each does as much as fits its vectors, from the front on, and says how far it came; whoever calls does the rest in a plain
 * loop, with the same bits for each element.
 */
public interface FlatLoops {

    /** Leaves everything to the plain loops. */
    FlatLoops PLAIN = new FlatLoops() {};

    /**
     * Adam as {@link dev.millrace.networks.OptimizerSpec.Adam} defines it, with the correction of the bias in two factors.
     *
     * @param state means, then squares, {@code count} of each; changed
     * @return how many parameters were changed
     */
    default int adam(
            float[] parameters,
            float[] gradient,
            float[] state,
            int count,
            float beta1,
            float beta2,
            float rate,
            float rootScale,
            float epsilon) {
        return 0;
    }

    /**
     * Cross-entropy of one sigmoid, as {@link OutputLoss#differentiate}.
     *
     * @param sums {@code [rows]}, changed to derivatives
     * @param losses {@code [rows]}, written: of each row without its weight
     * @param scratch {@code [rows]}
     * @return how many rows were changed
     */
    default int differentiateCrossEntropy(
            float[] sums,
            float[] labels,
            float[] rowWeights,
            float[] losses,
            float[] scratch,
            int rows,
            float positiveWeight,
            float smoothing) {
        return 0;
    }

    /**
     * Looks for the first value beyond a limit.
     *
     * @return a number of values of which none is NaN or beyond the limit in magnitude
     */
    default int bounded(float[] values, int count, float limit) {
        return 0;
    }
}
