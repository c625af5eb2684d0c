package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryTallyTest {

    private static final Offset<Double> ROUNDING = within(1e-12);

    /** Seed, rows, spread and offset of the logits: balanced, rare positives, very rare ones, a timid model. */
    @ParameterizedTest
    @CsvSource({"1, 20000, 2, 0", "2, 50000, 2, -4", "3, 200000, 1.5, -6", "4, 50000, 0.5, -1", "5, 20000, 8, 0"})
    void ranksAsExactlyAsItPromises(long seed, int rows, double spread, double offset) {
        float[][] data = BruteForce.scoresAndLabels(seed, rows, spread, offset);
        ExactRanking exact = new ExactRanking(data[0], data[1]);

        Metrics metrics = BruteForce.tally(data[0], data[1]).metrics();

        assertThat(value(metrics, Metric.ROC_AUC)).isCloseTo(exact.rocAuc().getAsDouble(), within(1e-4));
        assertThat(value(metrics, Metric.AVERAGE_PRECISION))
                .isCloseTo(exact.averagePrecision().getAsDouble(), within(1e-4));
    }

    @Test
    void ranksATimidModelWhoseScoresLieWithinAFewBins() {
        Random random = new Random(9);
        float[] scores = new float[20_000];
        float[] labels = new float[20_000];
        for (int i = 0; i < scores.length; i++) {
            double signal = random.nextGaussian();
            scores[i] = (float) (1 / (1 + Math.exp(-0.01 * signal)));
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-2 * signal)) ? 1 : 0;
        }
        ExactRanking exact = new ExactRanking(scores, labels);

        Metrics metrics = BruteForce.tally(scores, labels).metrics();

        assertThat(value(metrics, Metric.ROC_AUC)).isCloseTo(exact.rocAuc().getAsDouble(), within(1e-4));
        assertThat(value(metrics, Metric.AVERAGE_PRECISION))
                .isCloseTo(exact.averagePrecision().getAsDouble(), within(1e-3));
    }

    @Test
    void ranksExactlyWhereScoresAreTiedOrFarApart() {
        Random random = new Random(11);
        float[] scores = new float[2000];
        float[] labels = new float[2000];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(101) / 100f;
            labels[i] = random.nextFloat() < scores[i] ? 1 : 0;
        }

        Metrics metrics = BruteForce.tally(scores, labels).metrics();

        assertThat(value(metrics, Metric.ROC_AUC)).isCloseTo(BruteForce.rocAuc(scores, labels), ROUNDING);
        assertThat(value(metrics, Metric.AVERAGE_PRECISION))
                .isCloseTo(BruteForce.averagePrecision(scores, labels), ROUNDING);
    }

    @Test
    void everyFloatProbabilityHasABinAndTheBinsKeepTheirOrder() {
        float[] ascending = {0f, Float.MIN_VALUE, 1e-40f, 1e-30f, 1e-10f, 0.01f, 0.5f, 0.99f, Math.nextDown(1f), 1f};
        for (int i = 0; i < ascending.length; i++) {
            assertThat(LogitCounts.bin(ascending[i])).isBetween(0, LogitCounts.BINS - 1);
            if (i > 0) {
                assertThat(LogitCounts.bin(ascending[i])).isGreaterThan(LogitCounts.bin(ascending[i - 1]));
            }
        }
        assertThat(LogitCounts.bin(Float.MIN_VALUE)).isEqualTo(1);
        assertThat(LogitCounts.bin(Math.nextDown(1f))).isEqualTo(LogitCounts.BINS - 2);
    }

    @Test
    void measuresByTheDefinitions() {
        float[] scores = {0.9f, 0.2f, 0.5f, 0.7f};
        float[] labels = {1, 0, 0, 0};

        Tally tally = BruteForce.tally(scores, labels);
        Metrics metrics = tally.metrics();

        assertThat(tally.count()).isEqualTo(4);
        assertThat(tally.positives()).isEqualTo(1);
        assertThat(value(metrics, Metric.LOG_LOSS))
                .isCloseTo(
                        -(Math.log(0.9f) + Math.log(1 - 0.2f) + Math.log(1 - 0.5f) + Math.log(1 - (double) 0.7f)) / 4,
                        within(1e-7));
        assertThat(value(metrics, Metric.ACCURACY)).isEqualTo(0.75);
        assertThat(value(metrics, Metric.RMSE)).isCloseTo(Math.sqrt((0.01 + 0.04 + 0.25 + 0.49) / 4), within(1e-7));
        // One score in each of four bins.
        assertThat(value(metrics, Metric.EXPECTED_CALIBRATION_ERROR))
                .isCloseTo((0.1 + 0.2 + 0.5 + 0.7) / 4, within(1e-7));
        assertThat(value(metrics, Metric.MEAN_SCORE)).isCloseTo(2.3 / 4, within(1e-7));
        assertThat(value(metrics, Metric.BASE_RATE)).isEqualTo(0.25);
    }

    @Test
    void calibrationErrorIsZeroWhereEachBinKeepsItsWord() {
        Tally tally = Tally.of(ScoreKind.PROBABILITY, 2);
        for (int i = 0; i < 8; i++) {
            tally.add(new float[] {0.25f}, i < 2 ? 1 : 0);
            tally.add(new float[] {0.75f}, i < 6 ? 1 : 0);
        }

        assertThat(value(tally.metrics(), Metric.EXPECTED_CALIBRATION_ERROR)).isZero();
    }

    @Test
    void clipsTheLossOfACertainMistake() {
        Metrics metrics =
                BruteForce.tally(new float[] {0, 1}, new float[] {1, 0}).metrics();

        assertThat(value(metrics, Metric.LOG_LOSS)).isCloseTo(-Math.log(Loss.EPSILON), within(1e-8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void retractingIsTheExactInverseInAnyOrder(long seed) {
        float[][] data = BruteForce.scoresAndLabels(seed, 3000, 2, -1);
        Tally kept = Tally.of(ScoreKind.PROBABILITY, 2);
        Tally changed = Tally.of(ScoreKind.PROBABILITY, 2);
        for (int i = 0; i < 3000; i++) {
            changed.add(new float[] {data[0][i]}, data[1][i]);
        }
        for (int i = 2999; i >= 0; i--) {
            if (i % 3 == 0) {
                kept.add(new float[] {data[0][i]}, data[1][i]);
            } else {
                changed.retract(new float[] {data[0][i]}, data[1][i]);
            }
        }

        assertThat(changed).isEqualTo(kept);
        assertThat(Tally.CODEC.toBytes(changed)).isEqualTo(Tally.CODEC.toBytes(kept));
        assertThat(changed.metrics()).isEqualTo(kept.metrics());

        changed.subtract(kept);
        assertThat(changed).isEqualTo(Tally.of(ScoreKind.PROBABILITY, 2));
        assertThat(changed.metrics()).isEqualTo(Metrics.NONE);
    }

    @Test
    void mergingIsAssociativeAndCommutativeToTheLastBit() {
        float[][] data = BruteForce.scoresAndLabels(5, 3000, 3, 0);
        Tally whole = BruteForce.tally(data[0], data[1]);
        Tally[] parts = new Tally[3];
        for (int part = 0; part < 3; part++) {
            parts[part] = Tally.of(ScoreKind.PROBABILITY, 2);
            for (int i = part; i < 3000; i += 3) {
                parts[part].add(new float[] {data[0][i]}, data[1][i]);
            }
        }

        Tally left = merged(merged(parts[0], parts[1]), parts[2]);
        Tally right = merged(parts[0], merged(parts[2], parts[1]));

        assertThat(left).isEqualTo(right).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(left.metrics()).isEqualTo(whole.metrics());
    }

    @Test
    void leavesOutWhatOneClassCannotGive() {
        Metrics negatives =
                BruteForce.tally(new float[] {0.1f, 0.3f}, new float[] {0, 0}).metrics();
        Metrics positives =
                BruteForce.tally(new float[] {0.1f, 0.3f}, new float[] {1, 1}).metrics();

        assertThat(negatives.values()).doesNotContainKeys(Metric.ROC_AUC, Metric.AVERAGE_PRECISION);
        assertThat(positives.values()).doesNotContainKey(Metric.ROC_AUC);
        assertThat(positives.values()).containsEntry(Metric.AVERAGE_PRECISION, 1.0);
        assertThat(Tally.of(ScoreKind.PROBABILITY, 2).metrics().values()).isEmpty();
    }

    @Test
    void countsWhatCannotBeMeasuredAndMeasuresTheRest() {
        Tally tally = BruteForce.tally(new float[] {0.3f}, new float[] {0});
        Metrics before = tally.metrics();

        tally.add(new float[] {Float.NaN}, 1);
        tally.add(new float[] {Float.POSITIVE_INFINITY}, 1);
        tally.add(new float[] {0.5f}, 2);
        tally.add(new float[] {0.5f}, Float.NaN);

        assertThat(tally.invalid()).isEqualTo(4);
        assertThat(tally.count()).isEqualTo(1);
        assertThat(tally.metrics()).isEqualTo(before);
        tally.retract(new float[] {Float.NaN}, 1);
        assertThat(tally.invalid()).isEqualTo(3);
        assertThatThrownBy(() -> tally.add(new float[] {0.1f, 0.9f}, 1))
                .hasMessageContaining("must have 1 values, got 2");
    }

    @Test
    void aCopyLeadsItsOwnLife() {
        Tally tally = BruteForce.tally(new float[] {0.3f}, new float[] {0});
        Tally copy = tally.copy();

        copy.add(new float[] {0.3f}, 0);

        assertThat(tally.count()).isEqualTo(1);
        assertThat(copy).isNotEqualTo(tally);
    }

    private static Tally merged(Tally one, Tally other) {
        Tally merged = one.copy();
        merged.merge(other);
        return merged;
    }

    private static double value(Metrics metrics, Metric metric) {
        return metrics.get(metric).orElseThrow();
    }
}
