package dev.millrace.networks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.InitialWeights;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.WeightInitializer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Initial weights, dropout masks and seeds: fixed numbers with the right distribution. */
class RandomnessTest {

    @ParameterizedTest
    @CsvSource({"RELU, 300, 200, 0.141421", "TANH, 300, 200, 0.109545", "IDENTITY, 300, 200, 0.109545"})
    void initialWeightsFillTheirRangeEvenly(Activation activation, int inputs, int units, float bound) {
        ParameterLayout layout = ParameterLayout.of(Networks.binary(inputs, activation, units));
        float[] parameters = Initializer.initialWeights(layout, 1).parameters();
        int count = inputs * units;
        double sum = 0;
        double squares = 0;
        float largest = 0;
        for (int i = 0; i < count; i++) {
            sum += parameters[i];
            squares += parameters[i] * parameters[i];
            largest = Math.max(largest, Math.abs(parameters[i]));
        }
        assertThat(largest).isLessThanOrEqualTo(bound * 1.00001f).isGreaterThan(bound * 0.999f);
        assertThat(sum / count).isCloseTo(0, within(0.02 * bound));
        assertThat(squares / count).isCloseTo(bound * bound / 3, within(0.02 * bound * bound));
        for (int unit = 0; unit < units; unit++) {
            assertThat(parameters[count + unit]).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "XAVIER_UNIFORM, 0.004",
        "XAVIER_NORMAL, 0.004",
        "HE_UNIFORM, 0.0066667",
        "HE_NORMAL, 0.0066667",
        "LECUN_UNIFORM, 0.0033333",
        "LECUN_NORMAL, 0.0033333"
    })
    void initialWeightsHaveTheVarianceOfTheirInitializer(WeightInitializer initializer, double variance) {
        float[] parameters =
                Initializer.initialWeights(layout(300, 200, initializer), 1).parameters();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 60_000; i++) {
            sum += parameters[i];
            squares += (double) parameters[i] * parameters[i];
        }
        assertThat(sum / 60_000).isCloseTo(0, within(0.02 * Math.sqrt(variance)));
        assertThat(squares / 60_000).isCloseTo(variance, within(0.02 * variance));
    }

    @ParameterizedTest
    @CsvSource({"5, 9", "9, 5", "7, 7"})
    void orthogonalWeightsAreOrthonormalAlongTheirShorterSide(int inputs, int units) {
        float[] weights = Initializer.initialWeights(layout(inputs, units, WeightInitializer.ORTHOGONAL), 1)
                .parameters();
        boolean wide = units > inputs;
        int vectors = Math.min(inputs, units);
        for (int v = 0; v < vectors; v++) {
            for (int w = 0; w < vectors; w++) {
                double product = 0;
                for (int i = 0; i < Math.max(inputs, units); i++) {
                    product += weights[wide ? v * units + i : i * units + v]
                            * weights[wide ? w * units + i : i * units + w];
                }
                assertThat(product).isCloseTo(v == w ? 1 : 0, within(1e-6));
            }
        }
    }

    @Test
    void outputsThatStartAtZeroHaveNoOpinion() {
        NetworkSpec spec = with(
                Networks.binary(3, Activation.RELU, 2),
                new InitialWeights(WeightInitializer.AUTO, WeightInitializer.ZEROS));
        ParameterLayout layout = ParameterLayout.of(spec);
        float[] parameters = Initializer.initialWeights(layout, 1).parameters();
        assertThat(Arrays.copyOfRange(parameters, 0, 6)).doesNotContain(0);
        assertThat(Arrays.copyOfRange(parameters, 6, 11)).containsOnly(0);
    }

    private static ParameterLayout layout(int inputs, int units, WeightInitializer initializer) {
        return ParameterLayout.of(with(
                Networks.binary(inputs, Activation.RELU, units),
                new InitialWeights(initializer, WeightInitializer.AUTO)));
    }

    private static NetworkSpec with(NetworkSpec spec, InitialWeights initialWeights) {
        return new NetworkSpec(
                spec.inputs(),
                spec.task(),
                spec.outputs(),
                spec.layers(),
                spec.loss(),
                spec.optimizer(),
                spec.regularization(),
                spec.seed(),
                spec.engine(),
                initialWeights);
    }

    @Test
    void initialWeightsAreTheSameForEver() {
        ParameterLayout layout = ParameterLayout.of(Networks.binary(2, Activation.RELU, 1));
        assertThat(Initializer.initialWeights(layout, 42).parameters())
                .containsExactly(-0.9590959f, -0.9404564f, 0, 0.2549258f, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.9f})
    void dropoutDropsItsShareAndKeepsTheMean(float rate) {
        int rows = 200;
        int units = 100;
        float[] mask = new float[rows * units];
        DropoutMask.fill(1, 2, 3, rate, rows, units, mask);
        int dropped = 0;
        double sum = 0;
        for (float value : mask) {
            assertThat(value == 0 || value == 1 / (1 - rate)).isTrue();
            dropped += value == 0 ? 1 : 0;
            sum += value;
        }
        assertThat(dropped / (double) mask.length).isCloseTo(rate, within(0.012));
        assertThat(sum / mask.length).isCloseTo(1, within(0.1));
    }

    @Test
    void dropoutMasksDifferByEverythingTheyDependOn() {
        Set<String> masks = new HashSet<>();
        for (long seed = 0; seed < 3; seed++) {
            for (long update = 0; update < 3; update++) {
                for (int layer = 0; layer < 3; layer++) {
                    float[] mask = new float[3 * 32];
                    DropoutMask.fill(seed, update, layer, 0.5f, 3, 32, mask);
                    for (int row = 0; row < 3; row++) {
                        StringBuilder bits = new StringBuilder();
                        for (int unit = 0; unit < 32; unit++) {
                            bits.append(mask[row * 32 + unit] == 0 ? '0' : '1');
                        }
                        masks.add(bits.toString());
                    }
                }
            }
        }
        assertThat(masks).hasSize(81);
    }

    @Test
    void aRowIsDroppedAlikeInAnyMiniBatch() {
        float[] two = new float[2 * 50];
        float[] three = new float[3 * 50];
        DropoutMask.fill(1, 2, 3, 0.5f, 2, 50, two);
        DropoutMask.fill(1, 2, 3, 0.5f, 3, 50, three);
        assertThat(three).startsWith(two);
    }

    @Test
    void shardsHaveSeedsOfTheirOwn() {
        Set<Long> seeds = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            for (int shard = 0; shard < 100; shard++) {
                seeds.add(Seeds.ofShard(seed, shard));
            }
        }
        assertThat(seeds).hasSize(10_000);
        assertThat(Seeds.ofShard(42, 0)).isEqualTo(-816328817471504299L);
    }
}
