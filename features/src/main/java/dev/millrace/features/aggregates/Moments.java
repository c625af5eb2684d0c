package dev.millrace.features.aggregates;

/**
 * Count, sum, maximum, mean and squared distances of numbers that are added one by one, always in the same order: from the
 * newest to the oldest. The numbers of a {@link Bucket} are added together, by the part of them that counts.
 *
 * <p>The squared distances from the mean are those of B. P. Welford (Technometrics 4, 1962). They are exactly 0 for equal numbers.
 */
final class Moments {

    private double count;
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
        addPlainly(value);
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
    }

    /** Without what {@link #deviation} and {@link #zScore} need, and without its division. */
    void addPlainly(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        count++;
        sum += value;
        if (value > max) {
            max = value;
        }
    }

    /**
     * Adds the numbers of one column of a bucket (T. F. Chan, G. H. Golub and R. J. LeVeque, 1979).
     *
     * @param share what part of them, above 0 and at most 1
     */
    void merge(double[] moments, int column, double share) {
        int at = column * Bucket.MOMENTS;
        double more = moments[at] * share;
        if (more == 0) {
            return;
        }
        sum += moments[at + 1] * share;
        max = Math.max(max, moments[at + 2]);
        double distance = moments[at + 3] - mean;
        double all = count + more;
        squares += moments[at + 4] * share + distance * distance * count * more / all;
        mean += distance * more / all;
        count = all;
    }

    /** Writes into one column of a bucket. */
    void write(double[] moments, int column) {
        int at = column * Bucket.MOMENTS;
        moments[at] = count;
        moments[at + 1] = sum;
        moments[at + 2] = max;
        moments[at + 3] = mean;
        moments[at + 4] = squares;
    }

    void copy(Moments other) {
        count = other.count;
        sum = other.sum;
        max = other.max;
        mean = other.mean;
        squares = other.squares;
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
