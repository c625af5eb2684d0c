package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Probabilities of the positive class, and whether it was one. */
final class BinaryTally implements Tally {

    private final ExactSum logLoss;
    private final ExactSum squaredError;
    private final Calibration calibration;
    private final LogitCounts logits;
    private long correct;
    private long invalid;

    BinaryTally() {
        this(new ExactSum(), new ExactSum(), new Calibration(), new LogitCounts());
    }

    private BinaryTally(ExactSum logLoss, ExactSum squaredError, Calibration calibration, LogitCounts logits) {
        this.logLoss = logLoss;
        this.squaredError = squaredError;
        this.calibration = calibration;
        this.logits = logits;
    }

    @Override
    public ScoreKind kind() {
        return ScoreKind.PROBABILITY;
    }

    @Override
    public int classes() {
        return 2;
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
        kind().requireShape(scores, 2);
        if (!kind().isUsable(scores, label, 2)) {
            invalid += times;
            return;
        }
        Loss loss = Loss.of(kind(), scores, label);
        double probability = Loss.probability(scores[0]);
        logLoss.add(times * loss.logLoss());
        squaredError.add(times * loss.squaredError());
        calibration.add(probability, label == 1f, times);
        logits.add(probability, label == 1f, times);
        correct += loss.correct() ? times : 0;
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
        if (!(other instanceof BinaryTally binary)) {
            throw ScoreKind.mismatch(this, other);
        }
        logLoss.add(binary.logLoss, times);
        squaredError.add(binary.squaredError, times);
        calibration.add(binary.calibration, times);
        logits.add(binary.logits, times);
        correct += times * binary.correct;
        invalid += times * binary.invalid;
    }

    @Override
    public Tally copy() {
        BinaryTally copy = new BinaryTally();
        copy.merge(this);
        return copy;
    }

    @Override
    public long count() {
        return calibration.count();
    }

    @Override
    public long positives() {
        return calibration.hits();
    }

    @Override
    public long invalid() {
        return invalid;
    }

    @Override
    public Metrics metrics() {
        long count = count();
        if (count <= 0) {
            return Metrics.NONE;
        }
        return new Metrics.Builder()
                .with(Metric.LOG_LOSS, logLoss.value() / count)
                .with(Metric.ROC_AUC, logits.rocAuc())
                .with(Metric.AVERAGE_PRECISION, logits.averagePrecision())
                .with(Metric.ACCURACY, (double) correct / count)
                .with(Metric.RMSE, Math.sqrt(squaredError.value() / count))
                .with(Metric.EXPECTED_CALIBRATION_ERROR, calibration.expectedError())
                .with(Metric.MEAN_SCORE, calibration.meanProbability())
                .with(Metric.BASE_RATE, (double) positives() / count)
                .build();
    }

    void write(DataOutput output) throws IOException {
        logLoss.write(output);
        squaredError.write(output);
        calibration.write(output);
        logits.write(output);
        Wire.writeSigned(output, correct);
        Wire.writeSigned(output, invalid);
    }

    static BinaryTally read(DataInput input) throws IOException {
        BinaryTally tally = new BinaryTally(
                ExactSum.read(input), ExactSum.read(input), Calibration.read(input), LogitCounts.read(input));
        tally.correct = Wire.readSigned(input);
        tally.invalid = Wire.readSigned(input);
        return tally;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof BinaryTally other && Arrays.equals(CODEC.toBytes(this), CODEC.toBytes(other));
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
