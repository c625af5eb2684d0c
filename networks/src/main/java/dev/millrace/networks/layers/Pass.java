package dev.millrace.networks.layers;

/**
 * What a way through the layers is for.
 *
 * @param training whether dropout drops and batches are measured
 * @param seed of dropout masks
 * @param update number of updates made before
 */
public record Pass(boolean training, long seed, long update) {

    public static final Pass SCORING = new Pass(false, 0, 0);

    public static Pass training(long seed, long update) {
        return new Pass(true, seed, update);
    }
}
