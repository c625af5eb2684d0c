package dev.millrace.networks;

/**
 * What one model has learned: parameters, updater state and the number of updates, in the order of {@link ParameterLayout}.
 *
 * <p>Mutable and live: it belongs to a key, and an engine trains it in place. It belongs to one thread at a time. State and
 * files hold a {@link #copy}, never the live arrays.
 */
public final class Weights {

    private final float[] parameters;
    private final float[] updaterState;
    private long updates;
    private long generation;

    /** Takes the arrays over without a copy. */
    public Weights(float[] parameters, float[] updaterState, long updates) {
        if (updates < 0) {
            throw new IllegalArgumentException(
                    "updates must be at least 0, got " + updates + "; it counts the mini-batches learned");
        }
        this.parameters = parameters;
        this.updaterState = updaterState;
        this.updates = updates;
    }

    /** Live. Whoever changes it outside {@link Engine#fit} calls {@link #touch} afterwards. */
    public float[] parameters() {
        return parameters;
    }

    /** Live. */
    public float[] updaterState() {
        return updaterState;
    }

    /** Mini-batches learned so far: the version of the model. */
    public long updates() {
        return updates;
    }

    /** Tells engines that hold these parameters in buffers of their own to load them anew. */
    public void touch() {
        generation++;
    }

    /** Changes with every {@link #touch} and every update. Only equality has a meaning. */
    public long generation() {
        return generation;
    }

    /** Called once per update, after parameters and state were changed. */
    public void countUpdate() {
        updates++;
        generation++;
    }

    public Weights copy() {
        return new Weights(parameters.clone(), updaterState.clone(), updates);
    }
}
