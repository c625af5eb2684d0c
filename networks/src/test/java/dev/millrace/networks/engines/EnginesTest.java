package dev.millrace.networks.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.SequenceNetworks;
import dev.millrace.networks.Weights;
import dev.millrace.networks.dl4j.Dl4jEngine;
import dev.millrace.networks.fused.FusedEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnginesTest {

    private static final NetworkSpec SPEC = Networks.with(
            Networks.binary(9, Activation.RELU),
            List.<LayerSpec>of(
                    new LayerSpec.Dense(17, Activation.RELU),
                    new LayerSpec.Dropout(0.2f),
                    new LayerSpec.Dense(5, Activation.TANH)));

    @Test
    void theSpecChoosesTheEngine() {
        assertThat(create(EngineChoice.AUTO)).isInstanceOf(FusedEngine.class);
        assertThat(create(EngineChoice.FUSED)).isInstanceOf(FusedEngine.class);
        assertThat(create(EngineChoice.DL4J)).isInstanceOf(Dl4jEngine.class);
    }

    static Stream<NetworkSpec> specs() {
        Stream<NetworkSpec> layers = SequenceNetworks.layers().stream().map(SequenceNetworks::network);
        Stream<NetworkSpec> activations =
                Arrays.stream(Activation.values()).map(activation -> Networks.binary(9, activation, 17, 5));
        return Stream.of(Stream.of(SPEC), layers, activations).flatMap(specs -> specs);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void weightsMoveBetweenEnginesInTheMiddleOfTraining(NetworkSpec spec) {
        int rows = 32;
        float[] inputs = SequenceNetworks.inputs(spec, rows, 1);
        float[] labels = Networks.labels(spec, inputs, rows);
        float[] ones = Networks.ones(rows);
        try (Engine dl4j = new Dl4jEngine(spec);
                Engine fused = new FusedEngine(spec)) {
            Weights moving = dl4j.initialWeights(3);
            Weights staying = fused.initialWeights(3);
            assertThat(moving.parameters()).isEqualTo(staying.parameters());
            for (int update = 0; update < 40; update++) {
                Engine engine = update / 10 % 2 == 0 ? dl4j : fused;
                float loss = engine.fit(moving, inputs, labels, ones, rows);
                assertThat(loss).isCloseTo(fused.fit(staying, inputs, labels, ones, rows), within(1e-3f));
            }
            float[] scores = new float[rows];
            float[] others = new float[rows];
            dl4j.score(moving, inputs, rows, scores);
            fused.score(staying, inputs, rows, others);
            assertThat(scores).containsExactly(others, within(2e-3f));
        }
    }

    private static Engine create(EngineChoice choice) {
        return Engines.create(new NetworkSpec(
                SPEC.inputs(),
                SPEC.task(),
                SPEC.outputs(),
                SPEC.layers(),
                SPEC.loss(),
                SPEC.optimizer(),
                SPEC.regularization(),
                SPEC.seed(),
                choice));
    }
}
