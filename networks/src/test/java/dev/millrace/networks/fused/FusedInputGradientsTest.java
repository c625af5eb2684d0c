package dev.millrace.networks.fused;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.JoinNetworks;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.SequenceNetworks;
import dev.millrace.networks.Weights;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FusedInputGradientsTest {

    static Stream<NetworkSpec> specs() {
        List<LayerSpec> dense =
                List.of(new LayerSpec.Dense(33, Activation.GELU), new LayerSpec.Dense(9, Activation.RELU));
        return Stream.concat(
                Stream.of(
                        Networks.with(Networks.binary(13, Activation.RELU), dense),
                        JoinNetworks.towers(17),
                        JoinNetworks.deep(3, 17)),
                SequenceNetworks.layers().stream().map(SequenceNetworks::network));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void allocatesNothingPerMiniBatch(NetworkSpec spec) {
        int rows = 40;
        float[] inputs = SequenceNetworks.inputs(spec, rows, 1);
        float[] labels = Networks.labels(spec, inputs, rows);
        float[] ones = Networks.ones(rows);
        float[] gradients = new float[rows * spec.inputs()];
        try (Engine engine = new FusedEngine(spec)) {
            Weights weights = engine.initialWeights(1);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = Long.MAX_VALUE;
            // Until the compiler is done, vectors are objects.
            for (int attempt = 0; attempt < 500 && allocated >= 200; attempt++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 200; i++) {
                    engine.fit(weights, inputs, labels, ones, rows, gradients);
                    engine.fit(weights, inputs, labels, ones, 7, gradients);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).as("bytes in 200 rounds").isLessThan(200);
        }
    }
}
