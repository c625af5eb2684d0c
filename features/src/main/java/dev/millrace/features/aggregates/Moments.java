package dev.millrace.features.aggregates;

/**
 * Count, sum, maximum, mean and squared distances of numbers that are added one by one, always in the same order: from the
 * newest to the oldest.
 *
 * <p>The squared distances from the mean are those of B. P. Welford (Technometrics 4, 1962). They are exactly 0 for equal numbers.
 */
final class Moments {

    private long count;
    private double sum;
    private double max;
    private double mean;
    private double squares;

    void clear() {
        count = 0;
        sum = 0;
        max = Double.NEGATIVE_INFINITY;
        mean = 0;
        squares = 0;
    }

    /** NaN, a missing value, changes nothing. */
    void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        count++;
        sum += value;
        if (value > max) {
            max = value;
        }
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
    }

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }

    /** NaN if there are none, like all that follow. */
    double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    double max() {
        return count == 0 ? Double.NaN : max;
    }

    double deviation() {
        return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }

    double ratio(double value) {
        double mean = mean();
        return mean == 0 ? Double.NaN : value / mean;
    }

    double logRatio(double value) {
        double mean = mean();
        return value > 0 && mean > 0 ? StrictMath.log(value / mean) : Double.NaN;
    }

    double zScore(double value) {
        double deviation = deviation();
        return count < 2 || deviation == 0 ? Double.NaN : (value - mean()) / deviation;
    }
}
