package dev.millrace.benchmarks.networks;

import dev.millrace.networks.dl4j.NativeRuntime;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The product of two square matrices by the BLAS library that ND4J brings, called without ND4J in between: what the machine
 * gives.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class SgemmBenchmark {

    private static final int SIZE = 256;
    static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;

    private FloatPointer left;
    private FloatPointer right;
    private FloatPointer product;

    @Setup
    public void setUp() {
        NativeRuntime.load();
        openblas.blas_set_num_threads(1);
        left = matrix(1);
        right = matrix(2);
        product = matrix(3);
    }

    private static FloatPointer matrix(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new FloatPointer(values);
    }

    @Benchmark
    public FloatPointer multiply() {
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasNoTrans,
                SIZE,
                SIZE,
                SIZE,
                1,
                left,
                SIZE,
                right,
                SIZE,
                0,
                product,
                SIZE);
        return product;
    }
}
