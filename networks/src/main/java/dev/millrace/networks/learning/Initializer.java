package dev.millrace.networks.learning;

import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Start;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.Weights;
import java.util.Arrays;

/**
 * Initial weights as {@link ParameterLayout.Start} says; updater state 0.
 *
 * <p>Each weight is a pure function of (seed, layer, its index): the same on every machine and in every engine.
 */
public final class Initializer {

    private Initializer() {}

    public static Weights initialWeights(ParameterLayout layout, long seed) {
        float[] parameters = new float[layout.parameterCount()];
        int stage = -1;
        int tensorOfStage = 0;
        for (Tensor tensor : layout.tensors()) {
            tensorOfStage = tensor.stage() == stage ? tensorOfStage + 1 : 0;
            stage = tensor.stage();
            long stageSeed = Seeds.mix(seed, stage);
            long tensorSeed = tensorOfStage == 0 ? stageSeed : Seeds.mix(stageSeed, -tensorOfStage);
            fill(tensor, tensorSeed, parameters);
        }
        return new Weights(parameters, new float[layout.updaterStateCount()], 0);
    }

    private static void fill(Tensor tensor, long seed, float[] parameters) {
        if (tensor.start() instanceof Start.Drawn drawn) {
            double inputs = drawn.inputs();
            double both = inputs + drawn.units();
            switch (drawn.initializer()) {
                case AUTO, XAVIER_UNIFORM -> fillUniform(tensor, seed, Math.sqrt(6 / both), parameters);
                case HE_UNIFORM -> fillUniform(tensor, seed, Math.sqrt(6 / inputs), parameters);
                case LECUN_UNIFORM -> fillUniform(tensor, seed, Math.sqrt(3 / inputs), parameters);
                case XAVIER_NORMAL -> fillNormal(tensor, seed, Math.sqrt(2 / both), parameters);
                case HE_NORMAL -> fillNormal(tensor, seed, Math.sqrt(2 / inputs), parameters);
                case LECUN_NORMAL -> fillNormal(tensor, seed, Math.sqrt(1 / inputs), parameters);
                case ORTHOGONAL -> fillOrthogonal(tensor, seed, parameters);
                case ZEROS -> {}
            }
        } else if (tensor.start() instanceof Start.Constant constant) {
            Arrays.fill(parameters, tensor.offset(), tensor.endOffset(), constant.value());
        }
    }

    private static void fillUniform(Tensor tensor, long seed, double bound, float[] parameters) {
        for (int i = 0; i < tensor.count(); i++) {
            parameters[tensor.offset() + i] = (float) ((2 * unit(seed, i) - 1) * bound);
        }
    }

    private static void fillNormal(Tensor tensor, long seed, double deviation, float[] parameters) {
        for (int i = 0; i < tensor.count(); i++) {
            parameters[tensor.offset() + i] = (float) (normal(seed, i) * deviation);
        }
    }

    /** Gram–Schmidt over normal vectors, the shorter side of the matrix of them; twice, which makes it exact enough. */
    private static void fillOrthogonal(Tensor tensor, long seed, float[] parameters) {
        boolean wide = tensor.columns() > tensor.rows();
        int vectors = Math.min(tensor.rows(), tensor.columns());
        int length = Math.max(tensor.rows(), tensor.columns());
        double[][] basis = new double[vectors][length];
        for (int v = 0; v < vectors; v++) {
            for (int i = 0; i < length; i++) {
                basis[v][i] = normal(seed, (long) v * length + i);
            }
            for (int round = 0; round < 2; round++) {
                for (int before = 0; before < v; before++) {
                    add(basis[v], basis[before], -product(basis[v], basis[before]));
                }
            }
            double norm = Math.sqrt(product(basis[v], basis[v]));
            for (int i = 0; i < length; i++) {
                basis[v][i] /= norm;
                int at = wide ? v * tensor.columns() + i : i * tensor.columns() + v;
                parameters[tensor.offset() + at] = (float) basis[v][i];
            }
        }
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static void add(double[] target, double[] source, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * source[i];
        }
    }

    /** 53 bits in (0, 1), symmetric about a half, which it never is. */
    private static double unit(long seed, long index) {
        return ((Seeds.mix(seed, index) >>> 11) + 0.5) * 0x1p-53;
    }

    /** Box and Muller 1958. StrictMath, because Math may differ in its last bit between machines. */
    private static double normal(long seed, long index) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(unit(seed, 2 * index)));
        return radius * StrictMath.cos(2 * Math.PI * unit(seed, 2 * index + 1));
    }
}
