package dev.millrace.networks.layers;

/** What a way through the layers is for. */
public final class Pass {

    public static final Pass SCORING = new Pass(false, 0);

    private final boolean training;
    private final long seed;
    private long update;

    private Pass(boolean training, long seed) {
        this.training = training;
        this.seed = seed;
    }

    /** @param seed of dropout masks */
    public static Pass training(long seed) {
        return new Pass(true, seed);
    }

    /** The same pass for another update, so that none has to be made per mini-batch. */
    public void moveTo(long nextUpdate) {
        update = nextUpdate;
    }

    /** Whether dropout drops, batches are measured and parameters get a gradient. */
    public boolean training() {
        return training;
    }

    public long seed() {
        return seed;
    }

    /** Number of updates made before. */
    public long update() {
        return update;
    }
}
