package dev.millrace.networks.dl4j;

import dev.millrace.networks.Activation;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An activation in ND4J's terms.
 *
 * @param operation its name; that of its derivative has {@code _bp} at the end
 * @param settings numbers that it takes
 * @param axes axes that it takes
 */
record NativeActivation(String operation, double[] settings, long[] axes) {

    /** @throws IllegalArgumentException if ND4J has none, or another one */
    static NativeActivation of(Activation activation) {
        return switch (activation) {
            case SIGMOID -> new NativeActivation("sigmoid", new double[0], new long[0]);
            case TANH -> new NativeActivation("tanh", new double[0], new long[0]);
            case RELU -> new NativeActivation("relu", new double[] {0}, new long[0]);
            case LEAKY_RELU -> new NativeActivation("lrelu", new double[] {Activation.LEAK}, new long[0]);
            case ELU -> new NativeActivation("elu", new double[] {1}, new long[0]);
            case SOFTMAX -> new NativeActivation("softmax", new double[0], new long[] {-1});
            case IDENTITY, GELU -> throw new IllegalArgumentException("ND4J must not be asked for " + activation);
        };
    }

    NativeCall values(INDArray sums, INDArray values) {
        return NativeCall.of(operation, List.of(sums), values, settings, axes);
    }

    NativeCall deltas(INDArray sums, INDArray deltasOfValues, INDArray deltasOfSums) {
        return NativeCall.of(operation + "_bp", List.of(sums, deltasOfValues), deltasOfSums, settings, axes);
    }
}
