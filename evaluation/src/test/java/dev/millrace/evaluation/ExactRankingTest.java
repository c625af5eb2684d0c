package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactRankingTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTheDefinitionsOnRandomScoresWithTies(long seed) {
        Random random = new Random(seed);
        float[] scores = new float[300];
        float[] labels = new float[300];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (random.nextInt(60) - 30) / 7f;
            labels[i] = random.nextInt(3) == 0 ? 1 : 0;
        }

        ExactRanking ranking = new ExactRanking(scores, labels);

        assertThat(ranking.rocAuc().getAsDouble()).isCloseTo(BruteForce.rocAuc(scores, labels), within(1e-12));
        assertThat(ranking.averagePrecision().getAsDouble())
                .isCloseTo(BruteForce.averagePrecision(scores, labels), within(1e-12));
        assertThat(ranking.positives() + ranking.negatives()).isEqualTo(300);
    }

    @Test
    void knowsAnExampleWorkedByHand() {
        // Scores .1 .4 .35 .8 with labels 0 0 1 1: of four pairs three are in order; precisions 1 and 2/3.
        ExactRanking ranking = new ExactRanking(new float[] {.1f, .4f, .35f, .8f}, new float[] {0, 0, 1, 1});

        assertThat(ranking.rocAuc()).hasValue(0.75);
        assertThat(ranking.averagePrecision().getAsDouble()).isCloseTo(5 / 6.0, within(1e-15));
    }

    @Test
    void takesBothZerosAsOneScoreAndOrdersInfinities() {
        assertThat(new ExactRanking(new float[] {0f, -0f}, new float[] {1, 0}).rocAuc())
                .hasValue(0.5);
        float[] scores = {Float.NEGATIVE_INFINITY, -1, 0, 1, Float.POSITIVE_INFINITY};
        assertThat(new ExactRanking(scores, new float[] {0, 0, 0, 1, 1}).rocAuc())
                .hasValue(1.0);
    }

    @Test
    void leavesUndefinedWhatOneClassCannotGive() {
        ExactRanking negatives = new ExactRanking(new float[] {1, 2}, new float[] {0, 0});
        ExactRanking positives = new ExactRanking(new float[] {1, 2}, new float[] {1, 1});

        assertThat(negatives.rocAuc()).isEmpty();
        assertThat(negatives.averagePrecision()).isEmpty();
        assertThat(positives.rocAuc()).isEmpty();
        assertThat(positives.averagePrecision()).hasValue(1.0);
        assertThat(new ExactRanking(new float[0], new float[0]).rocAuc()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeRanked() {
        assertThatThrownBy(() -> new ExactRanking(new float[] {Float.NaN}, new float[] {1}))
                .hasMessageContaining("row 0");
        assertThatThrownBy(() -> new ExactRanking(new float[] {1}, new float[] {0.5f}))
                .hasMessageContaining("0 or 1");
        assertThatThrownBy(() -> new ExactRanking(new float[] {1}, new float[0]))
                .hasMessageContaining("one label");
    }
}
