package dev.millrace.networks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LearningRateSchedule;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateRuleTest {

    /** Three weights and a bias. */
    private static final NetworkSpec SPEC =
            Networks.with(Networks.binary(3, Activation.RELU), new OptimizerSpec.Sgd(1));

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(
                new OptimizerSpec.Sgd(0.1f),
                new OptimizerSpec.Momentum(0.1f, 0.7f),
                new OptimizerSpec.Nesterov(0.1f, 0.7f),
                new OptimizerSpec.Adagrad(0.1f, 1e-3f),
                new OptimizerSpec.RmsProp(0.1f, 0.6f, 1e-3f),
                new OptimizerSpec.Adam(0.1f, 0.6f, 0.8f, 1e-3f),
                new OptimizerSpec.AdamW(0.1f, 0.6f, 0.8f, 1e-3f, 0.5f),
                new OptimizerSpec.AmsGrad(0.1f, 0.6f, 0.8f, 1e-3f),
                new OptimizerSpec.Ftrl(0.3f, 0.5f, 0, 0.1f),
                new OptimizerSpec.Ftrl(0.3f, 0.5f, 0.7f, 0.1f),
                new OptimizerSpec.Scheduled(
                        new OptimizerSpec.Momentum(0.1f, 0.7f), new LearningRateSchedule.Step(0.5f, 2)));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void eachOptimizerIsItsFormula(OptimizerSpec optimizer) {
        Weights weights = weights(optimizer, 1, -2, 0.5f, 3);
        UpdateRule rule = rule(optimizer, Regularization.NONE);
        double[] parameters = {1, -2, 0.5, 3};
        double[] first = new double[4];
        double[] second = new double[4];
        double[] largest = new double[4];
        for (int update = 1; update <= 6; update++) {
            float[] gradient = Networks.normal(4, update);
            for (int i = 0; i < 4; i++) {
                parameters[i] += change(optimizer, parameters[i], gradient[i], first, second, largest, i, update);
            }
            assertThat(rule.apply(weights, 1, gradient)).isTrue();
            for (int i = 0; i < 4; i++) {
                assertThat((double) weights.parameters()[i])
                        .as("parameter %d after update %d", i, update)
                        .isCloseTo(parameters[i], within(1e-5));
            }
        }
        assertThat(weights.updates()).isEqualTo(6);
    }

    /** The formulas of the documentation, in double. */
    private static double change(
            OptimizerSpec optimizer,
            double parameter,
            double g,
            double[] first,
            double[] second,
            double[] largest,
            int i,
            int t) {
        double rate = optimizer.learningRate();
        if (optimizer instanceof OptimizerSpec.Scheduled scheduled) {
            rate *= scheduled.schedule().factor(t - 1);
            optimizer = scheduled.optimizer();
        }
        if (optimizer instanceof OptimizerSpec.Ftrl ftrl) {
            // first: z, second: n
            double before = Math.sqrt(second[i]);
            if (t == 1) {
                first[i] = -parameter * (ftrl.beta() / rate + ftrl.l2()) - Math.signum(parameter) * ftrl.l1();
            }
            second[i] += g * g;
            first[i] += g - (Math.sqrt(second[i]) - before) / rate * parameter;
            double next = Math.abs(first[i]) <= ftrl.l1()
                    ? 0
                    : -(first[i] - Math.signum(first[i]) * ftrl.l1())
                            / ((ftrl.beta() + Math.sqrt(second[i])) / rate + ftrl.l2());
            return next - parameter;
        }
        if (optimizer instanceof OptimizerSpec.Momentum momentum) {
            first[i] = momentum.momentum() * first[i] + g;
            return -rate * first[i];
        }
        if (optimizer instanceof OptimizerSpec.Nesterov nesterov) {
            first[i] = nesterov.momentum() * first[i] + g;
            return -rate * (g + nesterov.momentum() * first[i]);
        }
        if (optimizer instanceof OptimizerSpec.Adagrad adagrad) {
            first[i] += g * g;
            return -rate * g / (Math.sqrt(first[i]) + adagrad.epsilon());
        }
        if (optimizer instanceof OptimizerSpec.RmsProp rmsProp) {
            first[i] = rmsProp.decay() * first[i] + (1 - rmsProp.decay()) * g * g;
            return -rate * g / (Math.sqrt(first[i]) + rmsProp.epsilon());
        }
        if (optimizer instanceof OptimizerSpec.Sgd) {
            return -rate * g;
        }
        // The last parameter is the bias, which does not decay.
        double decay = optimizer instanceof OptimizerSpec.AdamW adamW && i < 3 ? adamW.weightDecay() : 0;
        first[i] = 0.6 * first[i] + 0.4 * g;
        second[i] = 0.8 * second[i] + 0.2 * g * g;
        double mean = first[i] / (1 - Math.pow(0.6, t));
        if (optimizer instanceof OptimizerSpec.AmsGrad) {
            largest[i] = Math.max(largest[i], second[i]);
        }
        double largestOrLast = optimizer instanceof OptimizerSpec.AmsGrad ? largest[i] : second[i];
        double square = largestOrLast / (1 - Math.pow(0.8, t));
        return -rate * decay * parameter - rate * mean / (Math.sqrt(square) + 1e-3);
    }

    @Test
    void ftrlLeavesParametersWithoutAGradientAloneAndSetsIdleOnesToZero() {
        OptimizerSpec ftrl = new OptimizerSpec.Ftrl(0.1f, 1, 5, 0);
        Weights weights = weights(ftrl, 1, -2, 0.001f, 3);
        for (int update = 0; update < 3; update++) {
            assertThat(rule(ftrl, Regularization.NONE).apply(weights, 1, new float[] {0, -1, 0.5f, 0}))
                    .isTrue();
            assertThat(weights.parameters()[0]).isEqualTo(1);
            assertThat(weights.parameters()[1]).isGreaterThan(-2);
            assertThat(weights.parameters()[2]).isZero();
            assertThat(weights.parameters()[3]).isEqualTo(3);
        }
    }

    @Test
    void columnsAreShortenedToTheLargestNorm() {
        Weights weights = weights(SPEC.optimizer(), 3, 0, 4, 7);
        assertThat(rule(SPEC.optimizer(), new Regularization(0, 0, 0, 0, 2)).apply(weights, 1, new float[4]))
                .isTrue();
        assertThat(weights.parameters()).containsExactly(new float[] {1.2f, 0, 1.6f, 7}, within(1e-6f));
        assertThat(rule(SPEC.optimizer(), new Regularization(0, 0, 0, 0, 2)).apply(weights, 1, new float[4]))
                .isTrue();
        assertThat(weights.parameters()).containsExactly(new float[] {1.2f, 0, 1.6f, 7}, within(1e-6f));
    }

    @Test
    void statisticsAreSetAndNeverClipped() {
        NetworkSpec spec = Networks.with(
                Networks.with(SPEC, List.<LayerSpec>of(new LayerSpec.BatchNormalization())),
                new Regularization(0.1f, 0.1f, 0, 1));
        ParameterLayout layout = ParameterLayout.of(spec);
        float[] gradient = new float[layout.parameterCount()];
        Arrays.fill(gradient, 6, 12, 100);
        gradient[0] = 0.5f;
        Weights weights = Initializer.initialWeights(layout, 1);
        assertThat(new UpdateRule(spec, layout).apply(weights, 1, gradient)).isTrue();
        assertThat(Arrays.copyOfRange(weights.parameters(), 0, 12))
                .containsExactly(0.5f, 1, 1, 0, 0, 0, 100, 100, 100, 100, 100, 100);
        gradient[7] = Float.NaN;
        assertThat(new UpdateRule(spec, layout).apply(weights, 1, gradient)).isFalse();
        assertThat(weights.parameters()[6]).isEqualTo(100);
    }

    @Test
    void penaltiesSpareTheBias() {
        assertThat(gradientAfter(new Regularization(0.1f, 0.5f, 0, 0), 0, 0, 0, 0))
                .containsExactly(new float[] {0.6f, -1.1f, 0, 0}, within(1e-6f));
    }

    @Test
    void clippingByValueCutsEachComponent() {
        assertThat(gradientAfter(new Regularization(0, 0, 2, 0), 1, -3, 5, 2)).containsExactly(1, -2, 2, 2);
    }

    @Test
    void clippingByNormKeepsTheDirection() {
        assertThat(gradientAfter(new Regularization(0, 0, 0, 1), 0, 3, 0, -4))
                .containsExactly(new float[] {0, 0.6f, 0, -0.8f}, within(1e-6f));
        assertThat(gradientAfter(new Regularization(0, 0, 0, 6), 0, 3, 0, -4)).containsExactly(0, 3, 0, -4);
    }

    @Test
    void valuesAreClippedBeforeTheNormAndPenaltiesComeLast() {
        assertThat(gradientAfter(new Regularization(0, 0.5f, 3, 1), 0, 0, 30, -4))
                .containsExactly(new float[] {0.5f, -1, 0.70710677f, -0.70710677f}, within(1e-6f));
    }

    @Test
    void clippingDoesNotHideAnInfiniteGradient() {
        Weights weights = weights(SPEC.optimizer(), 1, -2, 0, 3);
        UpdateRule rule = rule(SPEC.optimizer(), new Regularization(0, 0, 1, 1));
        assertThat(rule.apply(weights, 1, new float[] {0, Float.POSITIVE_INFINITY, 0, 0}))
                .isFalse();
        assertThat(rule.apply(weights, 1, new float[] {0, 0, 0, Float.NaN})).isFalse();
        assertThat(rule.apply(weights, Float.NaN, new float[4])).isFalse();
        assertThat(weights.parameters()).containsExactly(1, -2, 0, 3);
        assertThat(weights.updates()).isZero();
        assertThat(rule.apply(weights, 1, new float[] {0, 0, 0, UpdateRule.LARGEST_GRADIENT}))
                .isTrue();
    }

    /** What an optimiser sees, from weights 1, −2, 0 and bias 3. */
    private static float[] gradientAfter(Regularization regularization, float... gradient) {
        Weights weights = weights(SPEC.optimizer(), 1, -2, 0, 3);
        assertThat(rule(SPEC.optimizer(), regularization).apply(weights, 1, gradient))
                .isTrue();
        return gradient;
    }

    private static UpdateRule rule(OptimizerSpec optimizer, Regularization regularization) {
        NetworkSpec spec = Networks.with(Networks.with(SPEC, optimizer), regularization);
        return new UpdateRule(spec, ParameterLayout.of(spec));
    }

    private static Weights weights(OptimizerSpec optimizer, float... parameters) {
        return new Weights(parameters, new float[parameters.length * optimizer.slots()], 0);
    }
}
