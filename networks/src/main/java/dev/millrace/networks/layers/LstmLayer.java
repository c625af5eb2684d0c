package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Lstm;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.loops.Loops;
import java.util.Arrays;

/**
 * The formulas of {@link Lstm}, of all rows step by step. What is done element by element goes over the rows of a step side by side:
 * loops long enough for the JIT compiler to vectorise.
 */
final class LstmLayer extends Layer {

    private final Loops loops;
    private final int units;
    private final int channels;
    private final int biasOffset;
    private final RecurrentWeights weights;
    private final float[] bias;
    private final float[] biasGradient;
    private final StepOrder order;

    /** Before the first step: zeros. */
    private Step start = new Step(0);

    private final Step[] steps;

    /** {@code [rows][4·units]} */
    private float[][] sums = new float[0][];

    /** {@code [rows][units]} */
    private float[][] stateRows = new float[0][];

    /** {@code [rows, units]} each. */
    private float[] outputDeltas = new float[0];

    private float[] stateDeltas = new float[0];
    private float[] cellDeltas = new float[0];
    private float[][] gateDeltas = new float[0][];

    /** Of all steps that are present: {@code [positions][…]}. */
    private float[][] joints = new float[0][];

    private float[][] deltas = new float[0][];
    private float[][] inputRows = new float[0][];

    /** A step of all rows. Places without a row hold anything. */
    private final class Step {

        /** {@code [rows][channels + units]}: what comes in, and the state before. */
        private final float[][] joint;

        /** {@code [rows, units]}: i, f, o. */
        private final float[][] gates;

        /** {@code [rows, units]}: g. */
        private final float[][] candidate;

        private final float[] cells;

        /** {@code [rows, units]}: tanh c. */
        private final float[][] squashed;

        private final float[] states;

        /** {@code [rows][4·units]}: derivatives with respect to the sums, in the order of the weights. */
        private final float[][] deltas;

        Step(int rows) {
            this.joint = Loops.matrix(rows, channels + units);
            this.gates = Loops.matrix(3, rows * units);
            this.candidate = Loops.matrix(1, rows * units);
            this.cells = new float[Loops.padded(rows * units)];
            this.squashed = Loops.matrix(1, rows * units);
            this.states = new float[Loops.padded(rows * units)];
            this.deltas = Loops.matrix(rows, 4 * units);
        }
    }

    LstmLayer(Stage stage, Lstm spec, Loops loops) {
        super(stage);
        this.loops = loops;
        this.units = spec.units();
        this.channels = stage.input().channels();
        this.weights = new RecurrentWeights(
                loops, stage.tensors().get(0), stage.tensors().get(1), 0, 4 * units);
        // Three tensors, which lie side by side.
        this.biasOffset = stage.tensors().get(2).offset();
        this.bias = new float[Loops.padded(4 * units)];
        this.biasGradient = new float[Loops.padded(4 * units)];
        this.order = new StepOrder(stage.input().steps());
        this.steps = new Step[stage.input().steps()];
    }

    @Override
    protected void reserve(int rows) {
        order.reserve(rows);
        start = new Step(rows);
        for (int step = 0; step < steps.length; step++) {
            steps[step] = new Step(rows);
        }
        sums = Loops.matrix(rows, 4 * units);
        stateRows = Loops.matrix(rows, units);
        outputDeltas = new float[rows * units];
        stateDeltas = new float[rows * units];
        cellDeltas = new float[rows * units];
        gateDeltas = Loops.matrix(4, rows * units);
        joints = new float[rows * steps.length][];
        deltas = new float[rows * steps.length][];
        inputRows = Loops.matrix(rows * steps.length, channels);
    }

    @Override
    public void load(float[] parameters) {
        weights.load(parameters);
        System.arraycopy(parameters, biasOffset, bias, 0, 4 * units);
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        order.arrange(inputPresent, rows);
        for (int step = 0; step < steps.length; step++) {
            forward(inputs, step, order.begun(step));
        }
    }

    private Step before(int step) {
        return step == 0 ? start : steps[step - 1];
    }

    private void forward(float[] inputs, int step, int rows) {
        Step now = steps[step];
        Step before = before(step);
        int count = rows * units;
        int known = order.begun(step - 1) * units;
        Arrays.fill(before.cells, known, count, 0);
        Arrays.fill(before.states, known, count, 0);
        for (int place = 0; place < rows; place++) {
            float[] joint = now.joint[place];
            System.arraycopy(inputs, order.positionOf(place, step) * channels, joint, 0, channels);
            System.arraycopy(before.states, place * units, joint, channels, units);
        }
        weights.multiply(now.joint, bias, sums, rows);
        for (int place = 0; place < rows; place++) {
            System.arraycopy(sums[place], 0, now.gates[0], place * units, units);
            System.arraycopy(sums[place], units, now.gates[1], place * units, units);
            System.arraycopy(sums[place], 2 * units, now.candidate[0], place * units, units);
            System.arraycopy(sums[place], 3 * units, now.gates[2], place * units, units);
        }
        loops.sigmoid(now.gates, 3, count);
        loops.tanh(now.candidate, 1, count);
        remember(now.gates[0], now.gates[1], now.candidate[0], before.cells, now.cells, count);
        System.arraycopy(now.cells, 0, now.squashed[0], 0, count);
        loops.tanh(now.squashed, 1, count);
        multiply(now.gates[2], now.squashed[0], now.states, count);
        order.scatter(now.states, units, step, values());
    }

    private static void remember(
            float[] in, float[] forget, float[] candidate, float[] before, float[] cells, int count) {
        for (int i = 0; i < count; i++) {
            cells[i] = Math.fma(forget[i], before[i], in[i] * candidate[i]);
        }
    }

    private static void multiply(float[] left, float[] right, float[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] = left[i] * right[i];
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] outputs, int rows, Pass pass, float[] gradient) {
        weights.prepareBackward();
        Arrays.fill(stateDeltas, 0);
        Arrays.fill(cellDeltas, 0);
        for (int step = steps.length - 1; step >= 0; step--) {
            backward(outputs, step, order.begun(step));
        }
        int positions = collect();
        if (pass.training()) {
            weights.writeGradient(joints, deltas, positions, gradient);
            loops.sumRows(deltas, biasGradient, positions, 4 * units);
            System.arraycopy(biasGradient, 0, gradient, biasOffset, 4 * units);
        }
        if (passesBack(pass)) {
            weights.toInput(deltas, inputRows, positions);
            scatterInput();
        }
    }

    private void backward(float[] outputs, int step, int rows) {
        Step now = steps[step];
        int count = rows * units;
        order.gather(outputs, units, step, outputDeltas);
        throughOutput(outputDeltas, stateDeltas, now.gates[2], now.squashed[0], cellDeltas, gateDeltas[3], count);
        throughCell(now.gates[0], now.candidate[0], cellDeltas, gateDeltas[0], gateDeltas[2], count);
        throughMemory(now.gates[1], before(step).cells, cellDeltas, gateDeltas[1], count);
        for (int place = 0; place < rows; place++) {
            float[] row = now.deltas[place];
            for (int gate = 0; gate < 4; gate++) {
                System.arraycopy(gateDeltas[gate], place * units, row, gate * units, units);
            }
        }
        int known = order.begun(step - 1);
        weights.toState(now.deltas, stateRows, known);
        for (int place = 0; place < known; place++) {
            System.arraycopy(stateRows[place], 0, stateDeltas, place * units, units);
        }
    }

    private static void throughOutput(
            float[] outputs,
            float[] states,
            float[] out,
            float[] squashed,
            float[] cellDeltas,
            float[] outDeltas,
            int count) {
        for (int i = 0; i < count; i++) {
            float delta = outputs[i] + states[i];
            cellDeltas[i] = Math.fma(delta * out[i], 1 - squashed[i] * squashed[i], cellDeltas[i]);
            outDeltas[i] = delta * squashed[i] * out[i] * (1 - out[i]);
        }
    }

    private static void throughCell(
            float[] in, float[] candidate, float[] cellDeltas, float[] inDeltas, float[] candidateDeltas, int count) {
        for (int i = 0; i < count; i++) {
            inDeltas[i] = cellDeltas[i] * candidate[i] * in[i] * (1 - in[i]);
            candidateDeltas[i] = cellDeltas[i] * in[i] * (1 - candidate[i] * candidate[i]);
        }
    }

    private static void throughMemory(
            float[] forget, float[] before, float[] cellDeltas, float[] forgetDeltas, int count) {
        for (int i = 0; i < count; i++) {
            forgetDeltas[i] = cellDeltas[i] * before[i] * forget[i] * (1 - forget[i]);
            cellDeltas[i] *= forget[i];
        }
    }

    private int collect() {
        int position = 0;
        for (int step = 0; step < steps.length; step++) {
            int rows = order.begun(step);
            System.arraycopy(steps[step].joint, 0, joints, position, rows);
            System.arraycopy(steps[step].deltas, 0, deltas, position, rows);
            position += rows;
        }
        return position;
    }

    private void scatterInput() {
        int position = 0;
        for (int step = 0; step < steps.length; step++) {
            for (int place = 0; place < order.begun(step); place++) {
                int at = order.positionOf(place, step) * channels;
                System.arraycopy(inputRows[position++], 0, inputDeltas(), at, channels);
            }
        }
    }
}
