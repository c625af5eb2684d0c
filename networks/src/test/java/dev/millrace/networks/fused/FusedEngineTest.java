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
import dev.millrace.networks.SequenceNetworks;
import dev.millrace.networks.Weights;
import dev.millrace.networks.loops.LoopChoice;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** Every layer. */
    private static final NetworkSpec SEQUENCES = SequenceNetworks.network(List.of(
            new LayerSpec.Branches(
                    List.of(
                            new LayerSpec.Branch("rest", 2, List.of()),
                            new LayerSpec.Branch(
                                    "history",
                                    20,
                                    List.of(
                                            new LayerSpec.Sequence(5, true),
                                            new LayerSpec.Dense(4, Activation.GELU),
                                            new LayerSpec.Dropout(0.1f),
                                            new LayerSpec.Lstm(7),
                                            new LayerSpec.LayerNormalization(),
                                            new LayerSpec.Residual(
                                                    List.of(
                                                            new LayerSpec.Gru(5),
                                                            new LayerSpec.Dense(7, Activation.ELU))),
                                            new LayerSpec.Convolution(
                                                    6, 3, LayerSpec.Padding.SAME, 2, Activation.LEAKY_RELU),
                                            new LayerSpec.Attention(2, 6),
                                            new LayerSpec.Pool(LayerSpec.Pooling.MAX))),
                            new LayerSpec.Branch(
                                    "steps",
                                    3,
                                    List.of(
                                            new LayerSpec.Sequence(3, false),
                                            new LayerSpec.Gru(3),
                                            new LayerSpec.Flatten()))),
                    LayerSpec.Join.CONCAT),
            new LayerSpec.BatchNormalization(),
            new LayerSpec.Dense(9, Activation.SOFTMAX),
            new LayerSpec.Dropout(0.2f)));

    @Override
    protected Engine create(NetworkSpec spec) {
        return new FusedEngine(spec);
    }

    /** The figures were computed once; any machine, JVM and vector width must come to them. */
    @Test
    void trainedWeightsAreTheSameBitsOnEveryMachine() {
        assertThat(hashOfTrained(SPEC, 200)).isEqualTo(-614040172);
        assertThat(hashOfTrained(SEQUENCES, 50)).isEqualTo(771945566);
    }

    private int hashOfTrained(NetworkSpec spec, int updates) {
        int rows = 37;
        try (Engine engine = create(spec)) {
            Weights weights = engine.initialWeights(42);
            for (int batch = 0; batch < updates; batch++) {
                float[] inputs = SequenceNetworks.inputs(spec, rows, batch);
                engine.fit(weights, inputs, Networks.labels(spec, inputs, rows), Networks.ones(rows), rows);
            }
            assertThat(weights.updates()).isEqualTo(updates);
            return Arrays.hashCode(weights.parameters());
        }
    }

    @Test
    void loopsRunOnVectorsWhereTheJvmHasThem() {
        assumeTrue(System.getProperty(LoopChoice.VECTOR_BITS) == null);
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(LoopChoice.CHOSEN.toString()).startsWith(present ? "vectors of" : "plain loops");
    }

    static List<NetworkSpec> specs() {
        return List.of(SPEC, SEQUENCES);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void allocatesNothingPerRowAndPerMiniBatch(NetworkSpec spec) {
        int rows = 40;
        float[] inputs = SequenceNetworks.inputs(spec, rows, 1);
        float[] labels = Networks.labels(spec, inputs, rows);
        float[] ones = Networks.ones(rows);
        float[] scores = new float[rows];
        float[] gradient = new float[spec.inputs()];
        try (Engine engine = create(spec)) {
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
