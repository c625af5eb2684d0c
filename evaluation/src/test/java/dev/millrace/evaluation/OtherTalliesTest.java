package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtherTalliesTest {

    @Test
    void severalClassesAreMeasuredByTheDefinitions() {
        Tally tally = Tally.of(ScoreKind.CLASS_PROBABILITIES, 3);
        tally.add(new float[] {0.5f, 0.25f, 0.25f}, 0);
        tally.add(new float[] {0.5f, 0.25f, 0.25f}, 2);
        tally.add(new float[] {0.25f, 0.5f, 0.25f}, 1);

        Metrics metrics = tally.metrics();

        assertThat(tally.count()).isEqualTo(3);
        assertThat(metrics.get(Metric.LOG_LOSS).orElseThrow())
                .isCloseTo((2 * Math.log(2) + Math.log(4)) / 3, within(1e-12));
        assertThat(metrics.get(Metric.ACCURACY)).hasValue(2 / 3.0);
        // Against the rest: class 0 at .5 over .5 and .25; class 1 alone above; class 2 tied with both others.
        assertThat(metrics.get(Metric.ROC_AUC).orElseThrow()).isCloseTo((0.75 + 1 + 0.5) / 3, within(1e-12));
        assertThat(metrics.get(Metric.RMSE).orElseThrow())
                .isCloseTo(Math.sqrt((0.375 + 0.875 + 0.375) / 9), within(1e-12));
        assertThat(metrics.get(Metric.EXPECTED_CALIBRATION_ERROR).orElseThrow())
                .isCloseTo(2 / 3.0 - 0.5, within(1e-12));
    }

    @Test
    void equalProbabilitiesGoToTheLowerClass() {
        Tally tally = Tally.of(ScoreKind.CLASS_PROBABILITIES, 2);
        tally.add(new float[] {0.5f, 0.5f}, 0);
        Tally binary = BruteForce.tally(new float[] {0.5f}, new float[] {0});

        assertThat(tally.metrics().get(Metric.ACCURACY)).hasValue(1);
        assertThat(binary.metrics().get(Metric.ACCURACY)).hasValue(1);
    }

    @Test
    void manyClassesAreNotRanked() {
        Tally tally = Tally.of(ScoreKind.CLASS_PROBABILITIES, 11);
        float[] scores = new float[11];
        scores[3] = 1;
        tally.add(scores, 3);
        tally.add(scores, 4);

        assertThat(tally.metrics().values()).doesNotContainKey(Metric.ROC_AUC).containsEntry(Metric.ACCURACY, 0.5);
    }

    @Test
    void valuesAreMeasuredByTheDefinitions() {
        Tally tally = Tally.of(ScoreKind.VALUE, 0);
        tally.add(new float[] {1}, 2);
        tally.add(new float[] {5}, 4);
        tally.add(new float[] {3}, 6);

        Metrics metrics = tally.metrics();

        assertThat(metrics.get(Metric.RMSE)).hasValue(Math.sqrt(11 / 3.0));
        assertThat(metrics.get(Metric.MAE)).hasValue(5 / 3.0);
        assertThat(metrics.get(Metric.R2)).hasValue(1 - 11 / 8.0);
        assertThat(metrics.get(Metric.MEAN_SCORE)).hasValue(3);
        assertThat(metrics.get(Metric.MEAN_LABEL)).hasValue(4);
        assertThat(metrics.values()).doesNotContainKey(Metric.LOG_LOSS);
    }

    @Test
    void determinationDoesNotCancelWhereTheMeanIsFarAboveTheSpread() {
        Random random = new Random(1);
        Tally near = Tally.of(ScoreKind.VALUE, 0);
        Tally far = Tally.of(ScoreKind.VALUE, 0);
        for (int i = 0; i < 1000; i++) {
            float label = random.nextInt(16);
            float score = label + random.nextInt(3) - 1;
            near.add(new float[] {score}, label);
            far.add(new float[] {score + 8_388_608f}, label + 8_388_608f);
        }

        assertThat(far.metrics().get(Metric.R2)).isEqualTo(near.metrics().get(Metric.R2));
    }

    @Test
    void determinationOfConstantTargetsIsAbsent() {
        Tally tally = Tally.of(ScoreKind.VALUE, 0);
        tally.add(new float[] {0.3f}, 0.1f);
        tally.add(new float[] {0.2f}, 0.1f);

        assertThat(tally.metrics().values()).doesNotContainKey(Metric.R2).containsKey(Metric.RMSE);
    }

    @Test
    void theLargestFloatsDoNotOverflow() {
        Tally tally = Tally.of(ScoreKind.VALUE, 0);
        tally.add(new float[] {Float.MAX_VALUE}, -Float.MAX_VALUE);
        tally.add(new float[] {-Float.MAX_VALUE}, Float.MAX_VALUE);

        assertThat(tally.metrics().get(Metric.MAE)).hasValue(2.0 * Float.MAX_VALUE);
        assertThat(tally.metrics().get(Metric.R2)).hasValue(-3);
    }

    @ParameterizedTest
    @EnumSource(ScoreKind.class)
    void everyKindSurvivesItsBytesRetractsAndMerges(ScoreKind kind) throws IOException {
        int classes = classes(kind);
        Tally tally = Tally.of(kind, classes);
        Tally other = Tally.of(kind, classes);
        fill(tally, 1, 500);
        fill(other, 2, 300);

        Tally read = Tally.CODEC.read(new DataInputStream(new ByteArrayInputStream(Tally.CODEC.toBytes(tally))));
        assertThat(read).isEqualTo(tally).hasSameHashCodeAs(tally);
        assertThat(read.metrics()).isEqualTo(tally.metrics());
        assertThat(read.invalid()).isEqualTo(1);

        Tally both = tally.copy();
        both.merge(other);
        assertThat(both.count()).isEqualTo(800);
        both.subtract(tally);
        assertThat(both).isEqualTo(other);
        fill(other, 3, 100);
        assertThat(both).isNotEqualTo(other);
        unfill(other, 3, 100);
        assertThat(both).isEqualTo(other);
    }

    @Test
    void tasksDoNotMix() {
        Tally binary = Tally.of(ScoreKind.PROBABILITY, 2);
        Tally three = Tally.of(ScoreKind.CLASS_PROBABILITIES, 3);

        assertThatThrownBy(() -> binary.merge(three)).hasMessageContaining("PROBABILITY with 2 classes");
        assertThatThrownBy(() -> three.merge(Tally.of(ScoreKind.CLASS_PROBABILITIES, 4)))
                .hasMessageContaining("start the evaluation anew");
        assertThatThrownBy(() -> Tally.of(ScoreKind.VALUE, 2)).hasMessageContaining("must be 0, got 2");
        assertThatThrownBy(() -> Tally.of(ScoreKind.CLASS_PROBABILITIES, 1)).hasMessageContaining("got 1");
    }

    private static int classes(ScoreKind kind) {
        return switch (kind) {
            case PROBABILITY -> 2;
            case CLASS_PROBABILITIES -> 4;
            case VALUE, RANKS -> 0;
        };
    }

    private static void fill(Tally tally, long seed, int rows) {
        feed(tally, seed, rows, true);
    }

    private static void unfill(Tally tally, long seed, int rows) {
        feed(tally, seed, rows, false);
    }

    private static void feed(Tally tally, long seed, int rows, boolean add) {
        Random random = new Random(seed);
        for (int i = 0; i <= rows; i++) {
            float[] scores = scores(tally, random);
            scores[0] = i == rows ? Float.NaN : scores[0];
            float label =
                    switch (tally.kind()) {
                        case PROBABILITY, CLASS_PROBABILITIES -> random.nextInt(tally.classes());
                        case VALUE -> random.nextFloat();
                        case RANKS -> 1;
                    };
            if (add) {
                tally.add(scores, label);
            } else {
                tally.retract(scores, label);
            }
        }
    }

    private static float[] scores(Tally tally, Random random) {
        if (tally.kind() == ScoreKind.RANKS) {
            return RankingTallyTest.random(random.nextLong(), 1).get(0).toScores();
        }
        float[] scores = new float[tally.kind() == ScoreKind.CLASS_PROBABILITIES ? tally.classes() : 1];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = random.nextFloat() / scores.length;
        }
        return scores;
    }
}
