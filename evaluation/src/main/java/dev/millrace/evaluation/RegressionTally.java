package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Predicted values and targets.
 *
 * <p>R² compares with the squared error of the mean target, n Σy² − (Σy)², where rounded sums would cancel: targets with a
 * mean far above their spread would lose every digit. The sums are exact and so is their difference; it is rounded once.
 */
final class RegressionTally implements Tally {

    private final ExactSum squaredError;
    private final ExactSum absoluteError;
    private final ExactSum scores;
    private final ExactSum labels;
    private final ExactSum squaredLabels;
    private long count;
    private long invalid;

    RegressionTally() {
        this(new ExactSum(), new ExactSum(), new ExactSum(), new ExactSum(), new ExactSum());
    }

    private RegressionTally(
            ExactSum squaredError, ExactSum absoluteError, ExactSum scores, ExactSum labels, ExactSum squaredLabels) {
        this.squaredError = squaredError;
        this.absoluteError = absoluteError;
        this.scores = scores;
        this.labels = labels;
        this.squaredLabels = squaredLabels;
    }

    @Override
    public ScoreKind kind() {
        return ScoreKind.VALUE;
    }

    @Override
    public int classes() {
        return 0;
    }

    @Override
    public void add(float[] scores, float label) {
        count(scores, label, 1);
    }

    @Override
    public void retract(float[] scores, float label) {
        count(scores, label, -1);
    }

    private void count(float[] scores, float label, int times) {
        kind().requireShape(scores, 0);
        if (!kind().isUsable(scores, label, 0)) {
            invalid += times;
            return;
        }
        Loss loss = Loss.of(kind(), scores, label);
        squaredError.add(times * loss.squaredError());
        absoluteError.add(times * loss.absoluteError());
        this.scores.add(times * (double) scores[0]);
        labels.add(times * (double) label);
        squaredLabels.add(times * (double) label * label);
        count += times;
    }

    @Override
    public void merge(Tally other) {
        combine(other, 1);
    }

    @Override
    public void subtract(Tally other) {
        combine(other, -1);
    }

    private void combine(Tally other, int times) {
        if (!(other instanceof RegressionTally regression)) {
            throw ScoreKind.mismatch(this, other);
        }
        squaredError.add(regression.squaredError, times);
        absoluteError.add(regression.absoluteError, times);
        scores.add(regression.scores, times);
        labels.add(regression.labels, times);
        squaredLabels.add(regression.squaredLabels, times);
        count += times * regression.count;
        invalid += times * regression.invalid;
    }

    @Override
    public Tally copy() {
        RegressionTally copy = new RegressionTally();
        copy.merge(this);
        return copy;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long positives() {
        return -1;
    }

    @Override
    public long invalid() {
        return invalid;
    }

    @Override
    public Metrics metrics() {
        if (count <= 0) {
            return Metrics.NONE;
        }
        return new Metrics.Builder()
                .with(Metric.RMSE, Math.sqrt(squaredError.value() / count))
                .with(Metric.MAE, absoluteError.value() / count)
                .with(Metric.R2, determination())
                .with(Metric.MEAN_SCORE, scores.value() / count)
                .with(Metric.MEAN_LABEL, labels.value() / count)
                .build();
    }

    /** Empty while all targets are the same. */
    private OptionalDouble determination() {
        BigDecimal sum = labels.exactValue();
        double variation = BigDecimal.valueOf(count)
                .multiply(squaredLabels.exactValue())
                .subtract(sum.multiply(sum))
                .doubleValue();
        return variation > 0 ? OptionalDouble.of(1 - squaredError.value() * count / variation) : OptionalDouble.empty();
    }

    void write(DataOutput output) throws IOException {
        squaredError.write(output);
        absoluteError.write(output);
        scores.write(output);
        labels.write(output);
        squaredLabels.write(output);
        Wire.writeSigned(output, count);
        Wire.writeSigned(output, invalid);
    }

    static RegressionTally read(DataInput input) throws IOException {
        RegressionTally tally = new RegressionTally(
                ExactSum.read(input),
                ExactSum.read(input),
                ExactSum.read(input),
                ExactSum.read(input),
                ExactSum.read(input));
        tally.count = Wire.readSigned(input);
        tally.invalid = Wire.readSigned(input);
        return tally;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof RegressionTally other && Arrays.equals(CODEC.toBytes(this), CODEC.toBytes(other));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(CODEC.toBytes(this));
    }

    @Override
    public String toString() {
        return count() + " labelled scores, " + metrics().values();
    }
}
