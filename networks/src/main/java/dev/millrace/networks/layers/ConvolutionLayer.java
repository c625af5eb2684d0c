package dev.millrace.networks.layers;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec.Convolution;
import dev.millrace.networks.LayerSpec.Padding;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.learning.Activations;
import java.util.Arrays;

/** The formulas of {@link Convolution}: what a position sees is gathered, then it is a dense layer. */
final class ConvolutionLayer extends Layer {

    private final Convolution spec;
    private final int channels;
    private final int before;
    private final Tensor biasTensor;
    private final Matrix weights;
    private final float[] bias;
    private final float[] biasGradient;
    private final float[] seen;
    private final float[] seenDeltas;
    private final float[] position;
    private float[] sums = new float[0];

    ConvolutionLayer(Stage stage, Convolution spec) {
        super(stage);
        this.spec = spec;
        this.channels = stage.input().channels();
        this.before = spec.padding() == Padding.CAUSAL ? spec.width() - 1 : (spec.width() - 1) / 2;
        this.weights = new Matrix(stage.tensors().get(0));
        this.biasTensor = stage.tensors().get(1);
        this.bias = new float[spec.filters()];
        this.biasGradient = new float[spec.filters()];
        this.seen = new float[spec.width() * channels];
        this.seenDeltas = new float[spec.width() * channels];
        this.position = new float[spec.filters()];
    }

    @Override
    protected void reserve(int rows) {
        sums = new float[rows * outputShape().size()];
    }

    @Override
    public void load(float[] parameters) {
        weights.load(parameters);
        System.arraycopy(parameters, biasTensor.offset(), bias, 0, bias.length);
    }

    @Override
    protected int presentAfter(float[] inputs, int inputPresent, int row) {
        return (inputPresent + spec.stride() - 1) / spec.stride();
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        int filters = spec.filters();
        for (int row = 0; row < rows; row++) {
            for (int step = outputShape().steps() - present()[row];
                    step < outputShape().steps();
                    step++) {
                gather(inputs, inputPresent[row], row, step);
                System.arraycopy(bias, 0, position, 0, filters);
                weights.addProduct(seen, 0, position);
                int at = (row * outputShape().steps() + step) * filters;
                System.arraycopy(position, 0, sums, at, filters);
                Activations.apply(spec.activation(), sums, values(), at, at + filters);
            }
        }
    }

    /** Step of the input that the first tap of a position falls on. */
    private int firstSeen(int step) {
        return inputShape().steps() - 1 - (outputShape().steps() - 1 - step) * spec.stride() - before;
    }

    private void gather(float[] inputs, int inputPresent, int row, int step) {
        Arrays.fill(seen, 0);
        int first = firstSeen(step);
        int absent = inputShape().steps() - inputPresent;
        for (int tap = 0; tap < spec.width(); tap++) {
            int source = first + tap;
            if (source >= absent && source < inputShape().steps()) {
                System.arraycopy(
                        inputs, (row * inputShape().steps() + source) * channels, seen, tap * channels, channels);
            }
        }
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        weights.beginBackward();
        Arrays.fill(biasGradient, 0);
        int filters = spec.filters();
        for (int row = 0; row < rows; row++) {
            for (int step = outputShape().steps() - present()[row];
                    step < outputShape().steps();
                    step++) {
                int at = (row * outputShape().steps() + step) * filters;
                Activations.differentiate(spec.activation(), sums, values(), deltas, at, at + filters);
                System.arraycopy(deltas, at, position, 0, filters);
                gather(inputs, inputPresent[row], row, step);
                weights.addGradient(seen, 0, position);
                Matrix.add(1, position, biasGradient, filters);
                if (passesBack(pass)) {
                    Arrays.fill(seenDeltas, 0);
                    weights.addBackProduct(position, seenDeltas);
                    scatter(inputPresent[row], row, step);
                }
            }
        }
        weights.writeGradient(gradient);
        System.arraycopy(biasGradient, 0, gradient, biasTensor.offset(), filters);
    }

    private void scatter(int inputPresent, int row, int step) {
        int first = firstSeen(step);
        int absent = inputShape().steps() - inputPresent;
        for (int tap = 0; tap < spec.width(); tap++) {
            int source = first + tap;
            if (source >= absent && source < inputShape().steps()) {
                int at = (row * inputShape().steps() + source) * channels;
                Matrix.add(seenDeltas, tap * channels, inputDeltas(), at, channels);
            }
        }
    }

    @Override
    protected boolean rectifies() {
        return spec.activation() == Activation.RELU;
    }
}
