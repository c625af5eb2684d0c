package dev.millrace.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Values of the same measurement, round by round. */
public record Rounds(double... values) {

    public Rounds {
        if (values.length == 0) {
            throw new IllegalArgumentException("a measurement needs at least one round");
        }
        values = values.clone();
    }

    public static Rounds of(List<Double> values) {
        return new Rounds(values.stream().mapToDouble(value -> value).toArray());
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    public double median() {
        return quantile(0.5);
    }

    /** Half the distance between the first and the third quartile, relative to the median. */
    public double spread() {
        double median = median();
        return median == 0 ? 0 : (quantile(0.75) - quantile(0.25)) / 2 / Math.abs(median);
    }

    /** Round by round: what the machine did besides meets both. */
    public Rounds relativeTo(Rounds peer) {
        double[] ratios = new double[values.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = values[i] / peer.values[i];
        }
        return new Rounds(ratios);
    }

    private double quantile(double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
