package dev.millrace.networks.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineContract;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Weights;
import dev.millrace.networks.loops.LoopChoice;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusedEngineTest extends EngineContract {

    private static final NetworkSpec SPEC = Networks.with(
            Networks.with(
                    Networks.binary(13, Activation.RELU),
                    List.<LayerSpec>of(
                            new LayerSpec.Dense(33, Activation.RELU),
                            new LayerSpec.Dropout(0.2f),
                            new LayerSpec.Dense(17, Activation.TANH),
                            new LayerSpec.Dense(9, Activation.SIGMOID))),
            new Regularization(1e-5f, 1e-4f, 5, 1));

    @Override
    protected Engine create(NetworkSpec spec) {
        return new FusedEngine(spec);
    }

    /** The figure was computed once; any machine, JVM and vector width must come to it. */
    @Test
    void trainedWeightsAreTheSameBitsOnEveryMachine() {
        int rows = 37;
        try (Engine engine = create(SPEC)) {
            Weights weights = engine.initialWeights(42);
            for (int batch = 0; batch < 200; batch++) {
                float[] inputs = Networks.normal(13 * rows, batch);
                engine.fit(weights, inputs, Networks.labels(SPEC, inputs, rows), Networks.ones(rows), rows);
            }
            assertThat(weights.updates()).isEqualTo(200);
            assertThat(Arrays.hashCode(weights.parameters())).isEqualTo(-614040172);
        }
    }

    @Test
    void loopsRunOnVectorsWhereTheJvmHasThem() {
        assumeTrue(System.getProperty(LoopChoice.VECTOR_BITS) == null);
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(LoopChoice.CHOSEN.toString()).startsWith(present ? "vectors of" : "plain loops");
    }

    @Test
    void allocatesNothingPerRowAndPerMiniBatch() {
        int rows = 40;
        float[] inputs = Networks.normal(13 * rows, 1);
        float[] labels = Networks.labels(SPEC, inputs, rows);
        float[] ones = Networks.ones(rows);
        float[] scores = new float[rows];
        float[] gradient = new float[13];
        try (Engine engine = create(SPEC)) {
            Weights weights = engine.initialWeights(1);
            Weights others = engine.initialWeights(2);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = Long.MAX_VALUE;
            // Until the compiler is done, vectors are objects.
            for (int attempt = 0; attempt < 500 && allocated >= 200; attempt++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 200; i++) {
                    use(engine, weights, others, inputs, labels, ones, scores, gradient);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).as("bytes in 200 rounds").isLessThan(200);
        }
    }

    private static void use(
            Engine engine,
            Weights weights,
            Weights others,
            float[] inputs,
            float[] labels,
            float[] ones,
            float[] scores,
            float[] gradient) {
        engine.fit(weights, inputs, labels, ones, 40);
        engine.fit(others, inputs, labels, ones, 7);
        engine.score(weights, inputs, 40, scores);
        engine.score(others, inputs, 1, scores);
        engine.inputGradient(weights, inputs, 0, gradient);
    }
}
