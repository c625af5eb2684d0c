package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * Losses of the recent past, each labelled example weighing less by the fading factor α with every one after it:
 * S(i) = loss(i) + α S(i−1), N(i) = 1 + α N(i−1), and the faded mean is S / N (Gama, Sebastião and Rodrigues, "On
 * evaluating stream learning algorithms", Machine Learning 90, 2013). N approaches 1 / (1 − α) examples.
 *
 * <p>Shards fade by their own examples and merge by adding both sums: a shard counts by the weight it has.
 *
 * @param count examples that ever entered
 * @param weight N; the other sums are S of the loss they name, see {@link Loss}
 */
public record FadingSums(
        long count,
        double weight,
        double logLoss,
        double correct,
        double squaredError,
        double absoluteError,
        double gain)
        implements Serializable {

    public static final FadingSums NONE = new FadingSums(0, 0, 0, 0, 0, 0, 0);

    FadingSums plus(Loss loss, double factor) {
        return new FadingSums(
                count + 1,
                1 + factor * weight,
                loss.logLoss() + factor * logLoss,
                (loss.correct() ? 1 : 0) + factor * correct,
                loss.squaredError() + factor * squaredError,
                loss.absoluteError() + factor * absoluteError,
                loss.gain() + factor * gain);
    }

    public FadingSums merge(FadingSums other) {
        return new FadingSums(
                count + other.count,
                weight + other.weight,
                logLoss + other.logLoss,
                correct + other.correct,
                squaredError + other.squaredError,
                absoluteError + other.absoluteError,
                gain + other.gain);
    }

    public Metrics metrics(ScoreKind kind) {
        if (count == 0) {
            return Metrics.NONE;
        }
        Metrics.Builder metrics = new Metrics.Builder();
        double error = Math.sqrt(squaredError / weight);
        return switch (kind) {
            case PROBABILITY, CLASS_PROBABILITIES ->
                metrics.with(Metric.LOG_LOSS, logLoss / weight)
                        .with(Metric.ACCURACY, correct / weight)
                        .with(Metric.RMSE, error)
                        .build();
            case VALUE ->
                metrics.with(Metric.RMSE, error)
                        .with(Metric.MAE, absoluteError / weight)
                        .build();
            case RANKS ->
                metrics.with(Metric.RECALL_AT_10, correct / weight)
                        .with(Metric.NDCG_AT_10, gain / weight)
                        .build();
        };
    }

    void write(DataOutput output) throws IOException {
        Wire.writeUnsigned(output, count);
        Wire.writeDoubles(output, new double[] {weight, logLoss, correct, squaredError, absoluteError, gain});
    }

    static FadingSums read(DataInput input) throws IOException {
        long count = Wire.readUnsigned(input);
        double[] sums = Wire.readDoubles(input);
        // Before there were rankings they had no gain.
        if (sums.length != 5 && sums.length != 6) {
            throw new IOException("fading sums have 5 or 6 parts, got " + sums.length + ": the bytes are damaged");
        }
        return new FadingSums(count, sums[0], sums[1], sums[2], sums[3], sums[4], sums.length == 6 ? sums[5] : 0);
    }
}
