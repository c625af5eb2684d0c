package dev.millrace.benchmarks.networks;

import dev.millrace.networks.dl4j.NativeRuntime;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The product of two square matrices by ND4J's BLAS library: what the machine gives. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class SgemmBenchmark {

    private static final int SIZE = 256;
    static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;

    private INDArray left;
    private INDArray right;
    private INDArray product;

    @Setup
    public void setUp() {
        NativeRuntime.load();
        left = matrix(1);
        right = matrix(2);
        product = matrix(3);
    }

    /** Column-major, as BLAS takes it without a copy. */
    private static INDArray matrix(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Nd4j.createFromArray(values).reshape('f', SIZE, SIZE);
    }

    @Benchmark
    public INDArray multiply() {
        return left.mmuli(right, product);
    }
}
