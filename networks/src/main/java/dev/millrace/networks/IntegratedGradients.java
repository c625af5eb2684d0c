package dev.millrace.networks;

import java.util.Arrays;

/**
 * Says how much each input contributed to the log-odds of a binary score: integrated gradients, Sundararajan, Taly &amp; Yan,
 * <i>Axiomatic Attribution for Deep Networks</i>, 2017, equations 1 and 3.
 *
 * <p>With F the log-odds and x the standardised row, the contribution of input i is the integral of its derivative along the
 * straight line from the baseline 0 to x, by the midpoint rule with m = {@value #STEPS} steps:
 *
 * <pre>
 *   cᵢ = xᵢ · 1/m · Σ_{k=0}^{m−1} ∂F/∂xᵢ ((k + ½)/m · x)
 * </pre>
 *
 * <p>The baseline 0 is the mean of a standardised input, and what stands for a missing value: a missing input contributes
 * nothing. For an input that is not standardised 0 is "not so". Steps of a masked sequence that are present stay so along the
 * line, and F(0) is meant with them. Contributions are complete: they sum to F(x) − F(0), up to the
 * error of the sum, which is none for a linear model, and O(1/m) at the kinks of piecewise linear layers.
 *
 * <p>Cost: {@value #STEPS} calls of {@link Engine#inputGradient} a row. Belongs to the thread of its engine.
 */
public final class IntegratedGradients {

    /** Steps along the line from the baseline to the row. */
    public static final int STEPS = 32;

    private final Engine engine;
    private final float[] point;
    private final float[] gradient;
    private final double[] sums;

    /** @throws IllegalArgumentException if the engine's task is not binary: there are no log-odds */
    public IntegratedGradients(Engine engine) {
        if (engine.spec().task() != Task.BINARY) {
            throw new IllegalArgumentException("scores are explained in log-odds, which need task BINARY, got "
                    + engine.spec().task());
        }
        int inputs = engine.spec().inputs();
        this.engine = engine;
        this.point = new float[inputs];
        this.gradient = new float[inputs];
        this.sums = new double[inputs];
    }

    /**
     * @param row {@code [inputs]}, standardised
     * @return a new array of {@code [inputs]}, in log-odds
     */
    public float[] contributions(Weights weights, float[] row) {
        Arrays.fill(sums, 0);
        for (int step = 0; step < STEPS; step++) {
            float along = (step + 0.5f) / STEPS;
            for (int input = 0; input < point.length; input++) {
                point[input] = along * row[input];
            }
            engine.inputGradient(weights, point, Engine.LOG_ODDS, gradient);
            for (int input = 0; input < point.length; input++) {
                sums[input] += gradient[input];
            }
        }
        float[] contributions = new float[point.length];
        for (int input = 0; input < point.length; input++) {
            contributions[input] = (float) (row[input] * sums[input] / STEPS);
        }
        return contributions;
    }
}
