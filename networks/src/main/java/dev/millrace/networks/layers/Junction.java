package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Branch;
import dev.millrace.networks.layers.Layer.Vitals;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From branches side by side to what {@link dev.millrace.networks.LayerSpec.Join#DOT} and {@code FM} make of them.
 *
 * <ul>
 *   <li>sides: {@code [rows, Σ widths]}, what comes out of the branches, in their order
 *   <li>values: {@code [rows, 1 + rest + deep]}
 * </ul>
 */
final class Junction {

    private final List<Branch> branches;
    private final int[] widths;
    private final int width;
    private final int outputs;
    private final Interaction interaction;
    private final @Nullable LayerStack deep;
    private final int deepOutputs;

    private float[] sides = new float[0];
    private float[] sideDeltas = new float[0];

    /** {@code [rows, deep]} */
    private float[] deepDeltas = new float[0];

    /**
     * @param widths of what comes out of each branch
     * @param deep the layers beside the interaction, null without
     */
    Junction(List<Branch> branches, int[] widths, int outputs, @Nullable LayerStack deep) {
        this.branches = branches;
        this.widths = widths.clone();
        this.outputs = outputs;
        this.deep = deep;
        int[] starts = new int[widths.length];
        int partners = 0;
        int partnerWidth = 0;
        int from = 0;
        int rest = 0;
        for (int i = 0; i < widths.length; i++) {
            if (branches.get(i).rest()) {
                rest += widths[i];
            } else {
                starts[partners++] = from;
                partnerWidth = widths[i];
            }
            from += widths[i];
        }
        this.width = from;
        this.deepOutputs = outputs - 1 - rest;
        this.interaction = new Interaction(Arrays.copyOf(starts, partners), partnerWidth);
    }

    /** Says that there is nothing to learn in the branches. */
    void beFirst() {
        if (deep != null) {
            deep.beFirst();
        }
    }

    void addVitals(int rows, List<Vitals> all) {
        if (deep != null) {
            deep.addVitals(rows, all);
        }
    }

    void load(float[] parameters) {
        if (deep != null) {
            deep.load(parameters);
        }
    }

    void reserve(int rows) {
        sides = new float[rows * width];
        sideDeltas = new float[rows * width];
        deepDeltas = new float[rows * deepOutputs];
    }

    /** To be written by the branches before {@link #forward}. */
    float[] sides() {
        return sides;
    }

    int width() {
        return width;
    }

    /** What the last {@link #passBack} left for the branches. */
    float[] sideDeltas() {
        return sideDeltas;
    }

    void forward(float[] values, int rows, Pass pass) {
        for (int row = 0; row < rows; row++) {
            int from = row * width;
            int to = row * outputs;
            values[to++] = interaction.of(sides, from);
            for (int i = 0; i < widths.length; i++) {
                if (branches.get(i).rest()) {
                    System.arraycopy(sides, from, values, to, widths[i]);
                    to += widths[i];
                }
                from += widths[i];
            }
        }
        if (deep != null) {
            deep.forward(sides, rows, pass);
            copyDeep(deep.values(), deepOutputs, 0, values, outputs, outputs - deepOutputs, rows);
        }
    }

    /** Through the layers beside the interaction. */
    void backward(float[] deltas, int rows, Pass pass, float[] gradient) {
        if (deep != null) {
            copyDeep(deltas, outputs, outputs - deepOutputs, deepDeltas, deepOutputs, 0, rows);
            deep.backward(deepDeltas, rows, pass, gradient);
        }
    }

    private void copyDeep(float[] source, int width, int from, float[] target, int targetWidth, int to, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(source, row * width + from, target, row * targetWidth + to, deepOutputs);
        }
    }

    /** Writes {@link #sideDeltas}; after {@link #backward}. */
    void passBack(float[] deltas, int rows) {
        if (deep == null) {
            Arrays.fill(sideDeltas, 0, rows * width, 0);
        } else {
            System.arraycopy(deep.inputDeltas(), 0, sideDeltas, 0, rows * width);
        }
        for (int row = 0; row < rows; row++) {
            int to = row * width;
            int from = row * outputs;
            interaction.addDerivative(sides, to, deltas[from++], sideDeltas);
            for (int i = 0; i < widths.length; i++) {
                if (branches.get(i).rest()) {
                    Matrix.add(deltas, from, sideDeltas, to, widths[i]);
                    from += widths[i];
                }
                to += widths[i];
            }
        }
    }
}
