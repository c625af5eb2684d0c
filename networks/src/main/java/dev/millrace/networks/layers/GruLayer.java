package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Gru;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.loops.Loops;
import java.util.Arrays;

/** The formulas of {@link Gru}, of all rows step by step, as {@link LstmLayer}. */
final class GruLayer extends Layer {

    private final Loops loops;
    private final int units;
    private final int channels;
    private final int biasOffset;
    private final RecurrentWeights gateWeights;
    private final RecurrentWeights candidateWeights;
    private final float[] gateBias;
    private final float[] candidateBias;
    private final float[] biasGradient;
    private final StepOrder order;

    /** Before the first step: zeros. */
    private Step start = new Step(0);

    private final Step[] steps;

    /** {@code [rows][2·units]} */
    private float[][] gateSums = new float[0][];

    /** {@code [rows][units]} */
    private float[][] candidateSums = new float[0][];

    /** {@code [rows, units]} each. */
    private float[] outputDeltas = new float[0];

    private float[] stateDeltas = new float[0];
    private float[] resetDeltas = new float[0];
    private float[][] gateDeltas = new float[0][];
    private float[] candidateDeltas = new float[0];

    /** Of all steps that are present: {@code [positions][…]}. */
    private float[][] joints = new float[0][];

    private float[][] resetJoints = new float[0][];
    private float[][] allGateDeltas = new float[0][];
    private float[][] allCandidateDeltas = new float[0][];
    private float[][] inputRows = new float[0][];
    private float[][] moreInputRows = new float[0][];

    /** A step of all rows. Places without a row hold anything. */
    private final class Step {

        /** {@code [rows][channels + units]}: x and h before. */
        private final float[][] joint;

        /** {@code [rows][channels + units]}: x and r·h before. */
        private final float[][] resetJoint;

        /** {@code [rows, units]}: r, z. */
        private final float[][] gates;

        /** {@code [rows, units]}: g. */
        private final float[][] candidate;

        private final float[] resetStates;
        private final float[] states;

        /** {@code [rows][2·units]} */
        private final float[][] gateDeltas;

        /** {@code [rows][units]} */
        private final float[][] candidateDeltas;

        Step(int rows) {
            this.joint = Loops.matrix(rows, channels + units);
            this.resetJoint = Loops.matrix(rows, channels + units);
            this.gates = Loops.matrix(2, rows * units);
            this.candidate = Loops.matrix(1, rows * units);
            this.resetStates = new float[Loops.padded(rows * units)];
            this.states = new float[Loops.padded(rows * units)];
            this.gateDeltas = Loops.matrix(rows, 2 * units);
            this.candidateDeltas = Loops.matrix(rows, units);
        }
    }

    GruLayer(Stage stage, Gru spec, Loops loops) {
        super(stage);
        this.loops = loops;
        this.units = spec.units();
        this.channels = stage.input().channels();
        Tensor input = stage.tensors().get(0);
        Tensor state = stage.tensors().get(1);
        this.gateWeights = new RecurrentWeights(loops, input, state, 0, 2 * units);
        this.candidateWeights = new RecurrentWeights(loops, input, state, 2 * units, units);
        this.biasOffset = stage.tensors().get(2).offset();
        this.gateBias = new float[Loops.padded(2 * units)];
        this.candidateBias = new float[Loops.padded(units)];
        this.biasGradient = new float[Loops.padded(2 * units)];
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
        gateSums = Loops.matrix(rows, 2 * units);
        candidateSums = Loops.matrix(rows, units);
        outputDeltas = new float[rows * units];
        stateDeltas = new float[rows * units];
        resetDeltas = new float[rows * units];
        gateDeltas = Loops.matrix(2, rows * units);
        candidateDeltas = new float[rows * units];
        joints = new float[rows * steps.length][];
        resetJoints = new float[rows * steps.length][];
        allGateDeltas = new float[rows * steps.length][];
        allCandidateDeltas = new float[rows * steps.length][];
        inputRows = Loops.matrix(rows * steps.length, channels);
        moreInputRows = Loops.matrix(rows * steps.length, channels);
    }

    @Override
    public void load(float[] parameters) {
        gateWeights.load(parameters);
        candidateWeights.load(parameters);
        System.arraycopy(parameters, biasOffset, gateBias, 0, 2 * units);
        System.arraycopy(parameters, biasOffset + 2 * units, candidateBias, 0, units);
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
        Arrays.fill(before.states, order.begun(step - 1) * units, count, 0);
        for (int place = 0; place < rows; place++) {
            int at = order.positionOf(place, step) * channels;
            System.arraycopy(inputs, at, now.joint[place], 0, channels);
            System.arraycopy(inputs, at, now.resetJoint[place], 0, channels);
            System.arraycopy(before.states, place * units, now.joint[place], channels, units);
        }
        gateWeights.multiply(now.joint, gateBias, gateSums, rows);
        for (int place = 0; place < rows; place++) {
            System.arraycopy(gateSums[place], 0, now.gates[0], place * units, units);
            System.arraycopy(gateSums[place], units, now.gates[1], place * units, units);
        }
        loops.sigmoid(now.gates, 2, count);
        multiply(now.gates[0], before.states, now.resetStates, count);
        for (int place = 0; place < rows; place++) {
            System.arraycopy(now.resetStates, place * units, now.resetJoint[place], channels, units);
        }
        candidateWeights.multiply(now.resetJoint, candidateBias, candidateSums, rows);
        for (int place = 0; place < rows; place++) {
            System.arraycopy(candidateSums[place], 0, now.candidate[0], place * units, units);
        }
        loops.tanh(now.candidate, 1, count);
        mix(now.gates[1], before.states, now.candidate[0], now.states, count);
        order.scatter(now.states, units, step, values());
    }

    private static void multiply(float[] left, float[] right, float[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] = left[i] * right[i];
        }
    }

    private static void mix(float[] keeps, float[] before, float[] candidate, float[] states, int count) {
        for (int i = 0; i < count; i++) {
            states[i] = Math.fma(keeps[i], before[i] - candidate[i], candidate[i]);
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] outputs, int rows, Pass pass, float[] gradient) {
        gateWeights.prepareBackward();
        candidateWeights.prepareBackward();
        Arrays.fill(stateDeltas, 0);
        for (int step = steps.length - 1; step >= 0; step--) {
            backward(outputs, step, order.begun(step));
        }
        int positions = collect();
        if (pass.training()) {
            gateWeights.writeGradient(joints, allGateDeltas, positions, gradient);
            candidateWeights.writeGradient(resetJoints, allCandidateDeltas, positions, gradient);
            loops.sumRows(allGateDeltas, biasGradient, positions, 2 * units);
            System.arraycopy(biasGradient, 0, gradient, biasOffset, 2 * units);
            loops.sumRows(allCandidateDeltas, biasGradient, positions, units);
            System.arraycopy(biasGradient, 0, gradient, biasOffset + 2 * units, units);
        }
        if (passesBack(pass)) {
            gateWeights.toInput(allGateDeltas, inputRows, positions);
            candidateWeights.toInput(allCandidateDeltas, moreInputRows, positions);
            scatterInput();
        }
    }

    private void backward(float[] outputs, int step, int rows) {
        Step now = steps[step];
        float[] before = before(step).states;
        int count = rows * units;
        int known = order.begun(step - 1);
        order.gather(outputs, units, step, outputDeltas);
        throughMix(
                outputDeltas,
                now.gates[1],
                before,
                now.candidate[0],
                stateDeltas,
                gateDeltas[1],
                candidateDeltas,
                count);
        for (int place = 0; place < rows; place++) {
            System.arraycopy(candidateDeltas, place * units, now.candidateDeltas[place], 0, units);
        }
        candidateWeights.toState(now.candidateDeltas, candidateSums, known);
        // Rows that begin here have no state to reset.
        Arrays.fill(resetDeltas, known * units, count, 0);
        for (int place = 0; place < known; place++) {
            System.arraycopy(candidateSums[place], 0, resetDeltas, place * units, units);
        }
        throughReset(resetDeltas, now.gates[0], before, stateDeltas, gateDeltas[0], count);
        for (int place = 0; place < rows; place++) {
            System.arraycopy(gateDeltas[0], place * units, now.gateDeltas[place], 0, units);
            System.arraycopy(gateDeltas[1], place * units, now.gateDeltas[place], units, units);
        }
        gateWeights.toState(now.gateDeltas, candidateSums, known);
        for (int place = 0; place < known; place++) {
            System.arraycopy(candidateSums[place], 0, resetDeltas, place * units, units);
        }
        add(resetDeltas, stateDeltas, known * units);
    }

    private static void throughMix(
            float[] outputs,
            float[] keeps,
            float[] before,
            float[] candidate,
            float[] stateDeltas,
            float[] keepDeltas,
            float[] candidateDeltas,
            int count) {
        for (int i = 0; i < count; i++) {
            float delta = outputs[i] + stateDeltas[i];
            candidateDeltas[i] = delta * (1 - keeps[i]) * (1 - candidate[i] * candidate[i]);
            keepDeltas[i] = delta * (before[i] - candidate[i]) * keeps[i] * (1 - keeps[i]);
            stateDeltas[i] = delta * keeps[i];
        }
    }

    private static void throughReset(
            float[] deltas, float[] resets, float[] before, float[] stateDeltas, float[] resetDeltas, int count) {
        for (int i = 0; i < count; i++) {
            resetDeltas[i] = deltas[i] * before[i] * resets[i] * (1 - resets[i]);
            stateDeltas[i] = Math.fma(deltas[i], resets[i], stateDeltas[i]);
        }
    }

    private static void add(float[] source, float[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] += source[i];
        }
    }

    private int collect() {
        int position = 0;
        for (int step = 0; step < steps.length; step++) {
            int rows = order.begun(step);
            System.arraycopy(steps[step].joint, 0, joints, position, rows);
            System.arraycopy(steps[step].resetJoint, 0, resetJoints, position, rows);
            System.arraycopy(steps[step].gateDeltas, 0, allGateDeltas, position, rows);
            System.arraycopy(steps[step].candidateDeltas, 0, allCandidateDeltas, position, rows);
            position += rows;
        }
        return position;
    }

    private void scatterInput() {
        int position = 0;
        for (int step = 0; step < steps.length; step++) {
            for (int place = 0; place < order.begun(step); place++) {
                int at = order.positionOf(place, step) * channels;
                add(moreInputRows[position], inputRows[position], channels);
                System.arraycopy(inputRows[position++], 0, inputDeltas(), at, channels);
            }
        }
    }
}
