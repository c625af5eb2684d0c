package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Probabilities of several classes, and which it was. Each class is ranked against the rest, unless there are more than
 * {@value #MOST_RANKED_CLASSES}; calibration is that of the most probable class.
 */
final class MulticlassTally implements Tally {

    static final int MOST_RANKED_CLASSES = 10;

    private final int classes;
    private final ExactSum logLoss;
    private final ExactSum squaredError;
    private final Calibration calibration;
    /** One per class; none if there are too many. */
    private final LogitCounts[] logits;

    private long invalid;

    MulticlassTally(int classes) {
        this(classes, new ExactSum(), new ExactSum(), new Calibration());
    }

    private MulticlassTally(int classes, ExactSum logLoss, ExactSum squaredError, Calibration calibration) {
        this.classes = classes;
        this.logLoss = logLoss;
        this.squaredError = squaredError;
        this.calibration = calibration;
        this.logits = new LogitCounts[classes <= MOST_RANKED_CLASSES ? classes : 0];
        Arrays.setAll(logits, i -> new LogitCounts());
    }

    @Override
    public ScoreKind kind() {
        return ScoreKind.CLASS_PROBABILITIES;
    }

    @Override
    public int classes() {
        return classes;
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
        kind().requireShape(scores, classes);
        if (!kind().isUsable(scores, label, classes)) {
            invalid += times;
            return;
        }
        Loss loss = Loss.of(kind(), scores, label);
        double confidence = Loss.probability(scores[Loss.mostProbable(scores)]);
        logLoss.add(times * loss.logLoss());
        squaredError.add(times * loss.squaredError());
        calibration.add(confidence, loss.correct(), times);
        for (int i = 0; i < logits.length; i++) {
            logits[i].add(Loss.probability(scores[i]), i == (int) label, times);
        }
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
        if (!(other instanceof MulticlassTally multiclass) || multiclass.classes != classes) {
            throw ScoreKind.mismatch(this, other);
        }
        logLoss.add(multiclass.logLoss, times);
        squaredError.add(multiclass.squaredError, times);
        calibration.add(multiclass.calibration, times);
        for (int i = 0; i < logits.length; i++) {
            logits[i].add(multiclass.logits[i], times);
        }
        invalid += times * multiclass.invalid;
    }

    @Override
    public Tally copy() {
        MulticlassTally copy = new MulticlassTally(classes);
        copy.merge(this);
        return copy;
    }

    @Override
    public long count() {
        return calibration.count();
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
        long count = count();
        if (count <= 0) {
            return Metrics.NONE;
        }
        return new Metrics.Builder()
                .with(Metric.LOG_LOSS, logLoss.value() / count)
                .with(Metric.ROC_AUC, rocAuc())
                .with(Metric.ACCURACY, (double) calibration.hits() / count)
                .with(Metric.RMSE, Math.sqrt(squaredError.value() / count))
                .with(Metric.EXPECTED_CALIBRATION_ERROR, calibration.expectedError())
                .with(Metric.MEAN_SCORE, calibration.meanProbability())
                .build();
    }

    /** Mean over the classes that both occurred and did not: a class that never came cannot be ranked. */
    private OptionalDouble rocAuc() {
        return Arrays.stream(logits)
                .map(LogitCounts::rocAuc)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    void write(DataOutput output) throws IOException {
        Wire.writeUnsigned(output, classes);
        logLoss.write(output);
        squaredError.write(output);
        calibration.write(output);
        for (LogitCounts counts : logits) {
            counts.write(output);
        }
        Wire.writeSigned(output, invalid);
    }

    static MulticlassTally read(DataInput input) throws IOException {
        MulticlassTally tally = new MulticlassTally(
                Wire.readCount(input), ExactSum.read(input), ExactSum.read(input), Calibration.read(input));
        for (int i = 0; i < tally.logits.length; i++) {
            tally.logits[i] = LogitCounts.read(input);
        }
        tally.invalid = Wire.readSigned(input);
        return tally;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof MulticlassTally other && Arrays.equals(CODEC.toBytes(this), CODEC.toBytes(other));
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
