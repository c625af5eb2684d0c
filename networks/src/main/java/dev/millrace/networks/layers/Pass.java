package dev.millrace.networks.layers;

/** What a way through the layers is for. */
public final class Pass {

    public static final Pass SCORING = new Pass(false, 0, true);

    private final boolean training;
    private final long seed;
    private long update;
    private boolean towardsInputs;

    private Pass(boolean training, long seed, boolean towardsInputs) {
        this.training = training;
        this.seed = seed;
        this.towardsInputs = towardsInputs;
    }

    /** @param seed of dropout masks */
    public static Pass training(long seed) {
        return new Pass(true, seed, false);
    }

    /** The same pass for another update, so that none has to be made per mini-batch. */
    public void moveTo(long nextUpdate, boolean towardsInputsToo) {
        update = nextUpdate;
        towardsInputs = towardsInputsToo;
    }

    /** Whether dropout drops, batches are measured and parameters get a gradient. */
    public boolean training() {
        return training;
    }

    /** Whether somebody wants the derivatives with respect to the inputs of the network. */
    public boolean towardsInputs() {
        return towardsInputs;
    }

    public long seed() {
        return seed;
    }

    /** Number of updates made before. */
    public long update() {
        return update;
    }
}
