package dev.millrace.networks;

import dev.millrace.networks.LayerSpec.Attention;
import dev.millrace.networks.LayerSpec.BatchNormalization;
import dev.millrace.networks.LayerSpec.Branch;
import dev.millrace.networks.LayerSpec.Branches;
import dev.millrace.networks.LayerSpec.Convolution;
import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.LayerSpec.Dropout;
import dev.millrace.networks.LayerSpec.Flatten;
import dev.millrace.networks.LayerSpec.Gru;
import dev.millrace.networks.LayerSpec.Join;
import dev.millrace.networks.LayerSpec.LayerNormalization;
import dev.millrace.networks.LayerSpec.Lstm;
import dev.millrace.networks.LayerSpec.Padding;
import dev.millrace.networks.LayerSpec.Pool;
import dev.millrace.networks.LayerSpec.Pooling;
import dev.millrace.networks.LayerSpec.Residual;
import dev.millrace.networks.LayerSpec.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Networks on masked sequences, and rows for them. */
public final class SequenceNetworks {

    public static final int STEPS = 5;
    public static final int CHANNELS = 3;

    private static final int WIDTH = STEPS * (CHANNELS + 1);

    /** Inputs of a row of branches that stand before the history. */
    private static final int BEFORE = 2;

    private static final int AFTER = 3;

    /** Steps of the first rows: all, some, none …. */
    private static final int[] MASKS = {0b11111, 0b10100, 0, 0b00111, 0b11110, 0b01011};

    private SequenceNetworks() {}

    /** Every layer, behind a masked sequence. */
    public static List<List<LayerSpec>> layers() {
        return List.of(
                List.of(new Lstm(4), new Pool(Pooling.LAST)),
                List.of(new Lstm(1), new Lstm(3), new Pool(Pooling.MEAN)),
                List.of(new Gru(4), new Pool(Pooling.LAST)),
                List.of(new Gru(1), new Gru(3), new Pool(Pooling.MAX)),
                List.of(new Convolution(4, 3, Padding.SAME, 1, Activation.TANH), new Pool(Pooling.MEAN)),
                List.of(new Convolution(4, 2, Padding.SAME, 2, Activation.GELU), new Flatten()),
                List.of(new Convolution(4, 3, Padding.CAUSAL, 1, Activation.ELU), new Pool(Pooling.LAST)),
                List.of(new Convolution(4, 4, Padding.CAUSAL, 3, Activation.SOFTMAX), new Pool(Pooling.MAX)),
                List.of(new Attention(1, 3), new Pool(Pooling.MEAN)),
                List.of(new Attention(2, 6), new Lstm(2), new Flatten()),
                List.of(new LayerNormalization(), new Flatten(), new LayerNormalization()),
                List.of(new BatchNormalization(), new Lstm(3), new Pool(Pooling.LAST), new BatchNormalization()),
                List.of(new Dense(4, Activation.GELU), new Dropout(0.3f), new Gru(3), new Dropout(0.2f), new Flatten()),
                List.of(
                        new Residual(List.of(new Attention(1, 3), new LayerNormalization(), new Dropout(0.3f))),
                        new Residual(List.of(
                                new Residual(List.of(new Dense(3, Activation.TANH))),
                                new Dense(3, Activation.SIGMOID))),
                        new Pool(Pooling.MEAN),
                        new Dense(4, Activation.RELU),
                        new Dropout(0.4f)),
                List.of(branches(new Gru(3), new Pool(Pooling.LAST), new Dropout(0.3f))),
                List.of(
                        branches(new Dropout(0.2f), new Lstm(2), new Residual(List.of(new Gru(2))), new Flatten()),
                        new LayerNormalization(),
                        new Dense(4, Activation.TANH)),
                List.of(branches(Join.DOT, List.of(), new Gru(2), new Pool(Pooling.LAST))),
                List.of(
                        branches(Join.FM, List.of(), new Lstm(2), new Pool(Pooling.MEAN)),
                        new Dense(3, Activation.TANH)),
                List.of(branches(
                        Join.FM,
                        List.of(new Dropout(0.3f), new Dense(3, Activation.TANH), new Dropout(0.2f)),
                        new Dropout(0.2f),
                        new Gru(2),
                        new Pool(Pooling.LAST),
                        new BatchNormalization())));
    }

    /** The history between inputs that go through untouched and others that do not. */
    private static Branches branches(LayerSpec... ofHistory) {
        return branches(Join.CONCAT, List.of(), ofHistory);
    }

    private static Branches branches(Join join, List<LayerSpec> deep, LayerSpec... ofHistory) {
        return new Branches(
                List.of(
                        new Branch("rest", BEFORE, List.of(), join == Join.DOT || !deep.isEmpty()),
                        new Branch("history", WIDTH, history(List.of(ofHistory))),
                        new Branch("more", AFTER, List.of(new Dropout(0.3f), new Dense(2, Activation.SIGMOID)))),
                join,
                deep);
    }

    private static List<LayerSpec> history(List<LayerSpec> layers) {
        List<LayerSpec> all = new ArrayList<>(layers);
        all.add(0, new Sequence(STEPS, true));
        return all;
    }

    /** Behind a masked sequence, unless they begin with branches. */
    public static NetworkSpec network(List<LayerSpec> layers) {
        boolean branched = layers.get(0) instanceof Branches;
        return Networks.with(
                Networks.binary(branched ? BEFORE + WIDTH + AFTER : WIDTH, Activation.RELU),
                branched ? layers : history(layers));
    }

    /** A recurrent layer behind a masked sequence of 4 steps. */
    public static NetworkSpec recurrent(int channels, LayerSpec layer, Pooling pooling) {
        return Networks.with(
                Networks.binary(4 * (channels + 1), Activation.RELU),
                List.of(new Sequence(4, true), layer, new Pool(pooling)));
    }

    /** Normal values; of a network with a masked sequence rows with all, some and none of their steps. */
    public static float[] inputs(NetworkSpec spec, int rows, long seed) {
        float[] inputs = Networks.normal(rows * spec.inputs(), seed);
        Sequence history = history(spec);
        if (history == null) {
            return inputs;
        }
        boolean branched = spec.layers().get(0) instanceof Branches;
        int width = (branched ? WIDTH : spec.inputs()) / history.steps();
        Random random = new Random(seed);
        for (int row = 0; row < rows; row++) {
            int mask = row < MASKS.length ? MASKS[row] : random.nextInt();
            for (int step = 0; step < history.steps(); step++) {
                inputs[row * spec.inputs() + startOfHistory(spec) + step * width] = mask >> step & 1;
            }
        }
        return inputs;
    }

    private static Sequence history(NetworkSpec spec) {
        List<LayerSpec> layers = spec.layers();
        if (!layers.isEmpty() && layers.get(0) instanceof Branches branches) {
            layers = branches.branches().get(1).layers();
        }
        return !layers.isEmpty() && layers.get(0) instanceof Sequence sequence && sequence.masked() ? sequence : null;
    }

    public static int startOfHistory(NetworkSpec spec) {
        return spec.layers().get(0) instanceof Branches ? BEFORE : 0;
    }
}
