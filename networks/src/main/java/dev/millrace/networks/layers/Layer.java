package dev.millrace.networks.layers;

import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * One layer at work: values forward, derivatives of the loss backward.
 *
 * <ul>
 *   <li>input: {@code [rows, input.steps, input.channels]}; output and deltas: {@code [rows, output.steps, output.channels]}; flat,
 *       row-major
 *   <li>present: {@code [rows]}, how many steps of a row there are: the last ones; 1 for flat vectors. The others hold zeros in
 *       values and anything in deltas
 * </ul>
 *
 * <p>Scratch memory is the layer's and grows with the largest mini-batch. Belongs to one thread at a time. {@link #backward} follows
 * {@link #forward} of the same mini-batch, whose input must not have changed.
 */
public abstract class Layer {

    private final List<Stage> stages;
    private final Shape input;
    private final Shape output;
    private final boolean learns;
    private float[] values = new float[0];
    private float[] inputDeltas = new float[0];
    private int[] present = new int[0];

    private boolean first;

    protected Layer(Stage stage) {
        this(List.of(stage));
    }

    /** @param stages one after the other, which this layer computes at once */
    protected Layer(List<Stage> stages) {
        this.stages = List.copyOf(stages);
        this.learns = stages.stream().anyMatch(Layer::learns);
        this.input = stages.get(0).input();
        this.output = stages.get(stages.size() - 1).output();
    }

    public final List<Stage> stages() {
        return stages;
    }

    /** The only one, or the first of them. */
    public final Stage stage() {
        return stages.get(0);
    }

    /** Says that there is nothing to learn before this layer. */
    void beFirst() {
        first = true;
    }

    /** Whether anything before this layer needs {@link #inputDeltas}. */
    protected final boolean passesBack(Pass pass) {
        return !first || pass.towardsInputs();
    }

    /** Whether there are parameters here or in layers inside. */
    final boolean learns() {
        return learns;
    }

    private static boolean learns(Stage stage) {
        return !stage.tensors().isEmpty()
                || stage.inner().stream().flatMap(List::stream).anyMatch(Layer::learns);
    }

    public final Shape inputShape() {
        return input;
    }

    public final Shape outputShape() {
        return output;
    }

    /** The output of the last {@link #forward}. */
    public final float[] values() {
        return values;
    }

    /** The steps of the output. */
    public final int[] present() {
        return present;
    }

    /** What the last {@link #backward} left for the layer before. */
    public final float[] inputDeltas() {
        return inputDeltas;
    }

    /** Takes the parameters of the network. Called again whenever they have changed. */
    public void load(float[] parameters) {}

    /** @param pass whether this is training, and which update of it */
    public final void forward(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        if (present.length < rows) {
            values = new float[rows * output.size()];
            inputDeltas = new float[rows * input.size()];
            present = new int[rows];
            Arrays.fill(present, 1);
            reserve(rows);
        }
        if (output.sequence()) {
            for (int row = 0; row < rows; row++) {
                present[row] = presentAfter(inputs, inputPresent[row], row);
                Arrays.fill(values, row * output.size(), row * output.size() + absentAfter(row), 0);
            }
        }
        compute(inputs, inputPresent, rows, pass);
    }

    private int absentAfter(int row) {
        return (output.steps() - present[row]) * output.channels();
    }

    /** The steps of a row's output, if that is a sequence. */
    protected int presentAfter(float[] inputs, int inputPresent, int row) {
        return inputPresent;
    }

    /** Makes room for mini-batches of so many rows. */
    protected void reserve(int rows) {}

    /** Writes the steps of {@link #values} that are present. */
    protected abstract void compute(float[] inputs, int[] inputPresent, int rows, Pass pass);

    /**
     * Writes this layer's part of the flat gradient if it is training, and {@link #inputDeltas} if it {@link #passesBack}.
     *
     * @param deltas may be changed
     */
    public final void backward(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        if (passesBack(pass)) {
            Arrays.fill(inputDeltas, 0, rows * input.size(), 0);
        } else if (!learns) {
            return;
        }
        differentiate(inputs, inputPresent, deltas, rows, pass, gradient);
    }

    /** As {@link #backward}, with {@link #inputDeltas} all zero at first. */
    protected abstract void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient);

    /** Where the first step that is present begins in {@link #values}. */
    protected final int firstOfOutput(int row) {
        return row * output.size() + absentAfter(row);
    }

    /** Where the first step that is present begins in the input. */
    protected final int firstOfInput(int[] inputPresent, int row) {
        return row * input.size() + (input.steps() - inputPresent[row]) * input.channels();
    }

    /** Whether the units of this layer can die, that is be 0 whatever comes. */
    protected boolean rectifies() {
        return false;
    }

    /** Adds what {@link LayerStack#health} is made of: one for each stage with parameters. */
    protected void addVitals(int rows, List<Vitals> all) {
        if (!stage().tensors().isEmpty()) {
            all.add(new Vitals(stage(), rectifies() ? deadShare(rows) : Double.NaN));
        }
    }

    /** @param deadShare see {@link dev.millrace.networks.LayerHealth} */
    public record Vitals(Stage stage, double deadShare) {}

    /** Share of the channels without a positive value in the last mini-batch. */
    private double deadShare(int rows) {
        int dead = 0;
        for (int channel = 0; channel < output.channels(); channel++) {
            boolean alive = false;
            for (int i = channel; i < rows * output.size() && !alive; i += output.channels()) {
                alive = values[i] > 0;
            }
            dead += alive ? 0 : 1;
        }
        return (double) dead / output.channels();
    }
}
