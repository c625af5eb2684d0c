package dev.millrace.networks;

/**
 * What one row is between two layers: a flat vector, or a sequence {@code [steps, channels]}, row-major.
 *
 * @param steps 1 for a flat vector
 * @param sequence whether there are steps at all; a sequence may have one
 */
public record Shape(int steps, int channels, boolean sequence) {

    public static Shape flat(int width) {
        return new Shape(1, width, false);
    }

    public static Shape sequence(int steps, int channels) {
        return new Shape(steps, channels, true);
    }

    /** Values per row. */
    public int size() {
        return steps * channels;
    }

    @Override
    public String toString() {
        return sequence ? steps + " steps of " + channels : Integer.toString(channels);
    }
}
