package dev.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void oneBadRoundMovesNeitherMedianNorSpread() {
        Rounds calm = new Rounds(100, 101, 102, 103, 104);
        Rounds disturbed = new Rounds(100, 101, 102, 103, 1000);

        assertThat(disturbed.median()).isEqualTo(calm.median()).isEqualTo(102);
        assertThat(disturbed.spread()).isEqualTo(calm.spread()).isCloseTo(1 / 102.0, within(1e-12));
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(new Rounds(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        Rounds ratio = new Rounds(10, 50, 90).relativeTo(new Rounds(20, 100, 180));

        assertThat(ratio.median()).isEqualTo(0.5);
        assertThat(ratio.spread()).isZero();
    }
}
