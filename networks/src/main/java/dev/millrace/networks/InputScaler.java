package dev.millrace.networks;

import java.util.Arrays;

/**
 * Standardises inputs online, as part of the model: mean and variance of each column run along with the events (Welford 1962).
 *
 * <p>Columns that are not standardised pass unchanged, whatever they hold. A missing value (NaN) in a standardised column is
 * not learned from and becomes 0, the mean; so does any value while the column has shown no variance. Counts are per column,
 * because values may be missing. Infinities count as missing.
 *
 * <p>A pure function of the rows in their order. Belongs to a key and to one thread at a time. Cost: one pass over the row; the
 * first {@link #apply} after an {@link #update} takes a square root per column, those that follow take none.
 */
public final class InputScaler {

    private final boolean[] standardised;
    private final long[] counts;
    private final double[] means;
    private final double[] squares;

    /** Standard deviation per column as {@link #apply} needs it; 0 or NaN: no variance. */
    private final double[] deviations;

    /** Whether something was learned since the deviations were computed. */
    private boolean learned = true;

    /** A scaler that has seen nothing. */
    public InputScaler(boolean[] standardised) {
        this(
                standardised,
                new long[standardised.length],
                new double[standardised.length],
                new double[standardised.length]);
    }

    /**
     * Goes on where another one was. All arrays are copied and have one element per column.
     *
     * @param squares sums of squared deviations from the mean
     */
    public InputScaler(boolean[] standardised, long[] counts, double[] means, double[] squares) {
        int columns = standardised.length;
        if (counts.length != columns || means.length != columns || squares.length != columns) {
            throw new IllegalArgumentException(
                    "a scaler of " + columns + " columns needs as many counts, means and squares, got "
                            + counts.length + ", " + means.length + " and " + squares.length
                            + "; the model was saved with other features");
        }
        this.standardised = standardised.clone();
        this.counts = counts.clone();
        this.means = means.clone();
        this.squares = squares.clone();
        this.deviations = new double[columns];
    }

    public int columns() {
        return standardised.length;
    }

    /** Learns from one row of {@link #columns} values. */
    public void update(float[] row) {
        learned = true;
        for (int column = 0; column < standardised.length; column++) {
            float value = row[column];
            if (standardised[column] && Float.isFinite(value)) {
                double deviation = value - means[column];
                long count = ++counts[column];
                means[column] += deviation / count;
                squares[column] += deviation * (value - means[column]);
            }
        }
    }

    /** Writes the standardised row from {@code outOffset} on; {@code row} itself may be the target. */
    public void apply(float[] row, float[] out, int outOffset) {
        if (learned) {
            computeDeviations();
            learned = false;
        }
        for (int column = 0; column < standardised.length; column++) {
            out[outOffset + column] = standardised[column] ? standardise(column, row[column]) : row[column];
        }
    }

    private void computeDeviations() {
        for (int column = 0; column < deviations.length; column++) {
            deviations[column] = Math.sqrt(squares[column] / counts[column]);
        }
    }

    private float standardise(int column, float value) {
        double deviation = deviations[column];
        return deviation > 0 && Float.isFinite(value) ? (float) ((value - means[column]) / deviation) : 0;
    }

    /** A copy: which columns are standardised. */
    public boolean[] standardised() {
        return standardised.clone();
    }

    /** A copy: values seen per column. */
    public long[] counts() {
        return counts.clone();
    }

    /** A copy: running mean per column. */
    public double[] means() {
        return means.clone();
    }

    /** A copy: sum of squared deviations from the mean per column; the variance is this over the count. */
    public double[] squares() {
        return squares.clone();
    }

    public InputScaler copy() {
        return new InputScaler(standardised, counts, means, squares);
    }

    @Override
    public String toString() {
        return "InputScaler of " + columns() + " columns, counts " + Arrays.toString(counts);
    }
}
