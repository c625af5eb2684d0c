package dev.millrace.networks.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.Weights;
import dev.millrace.networks.dl4j.Dl4jEngine;
import dev.millrace.networks.fused.FusedEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void weightsMoveBetweenEnginesInTheMiddleOfTraining() {
        int rows = 32;
        float[] inputs = Networks.normal(9 * rows, 1);
        float[] labels = Networks.labels(SPEC, inputs, rows);
        float[] ones = Networks.ones(rows);
        try (Engine dl4j = create(EngineChoice.DL4J);
                Engine fused = create(EngineChoice.FUSED)) {
            Weights moving = dl4j.initialWeights(3);
            Weights staying = fused.initialWeights(3);
            assertThat(moving.parameters()).isEqualTo(staying.parameters());
            for (int update = 0; update < 60; update++) {
                Engine engine = update / 10 % 2 == 0 ? dl4j : fused;
                float loss = engine.fit(moving, inputs, labels, ones, rows);
                assertThat(loss).isCloseTo(fused.fit(staying, inputs, labels, ones, rows), within(1e-4f));
            }
            float[] scores = new float[rows];
            float[] others = new float[rows];
            dl4j.score(moving, inputs, rows, scores);
            fused.score(staying, inputs, rows, others);
            assertThat(scores).containsExactly(others, within(1e-3f));
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
