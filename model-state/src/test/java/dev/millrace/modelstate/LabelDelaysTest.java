package dev.millrace.modelstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.LabelKind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelDelaysTest {

    @Test
    void eachEventIsCountedOnceAndALatePositiveWithTheNegativesThatWereAssumed() {
        LabelDelays delays = LabelDelays.NONE
                .plus(LabelKind.REAL, 1, false)
                .plus(LabelKind.REAL, 0, false)
                .plus(LabelKind.ASSUMED, 0, false)
                .plus(LabelKind.ASSUMED, 0, false)
                .plus(LabelKind.REVISED, 1, true);

        assertThat(delays).isEqualTo(new LabelDelays(1, 1, 1, 2));
        assertThat(delays.plus(LabelKind.REVISED, 0, false))
                .as("a positive reversed")
                .isEqualTo(delays);
        assertThat(delays.plus(LabelKind.REVISED, 1, false))
                .as("a negative reversed")
                .isEqualTo(delays);
    }

    @Test
    void doubtIsOneWhileNothingIsKnown() {
        assertThat(LabelDelays.NONE.doubt()).isEqualTo(1);
    }

    /** Nothing late: the doubt goes to 0 with the positives seen, and stays above it. */
    @Test
    void doubtFallsWithEachPositiveInTime() {
        LabelDelays delays = LabelDelays.NONE;
        double before = delays.doubt();
        for (int i = 0; i < 1000; i++) {
            delays = delays.plus(LabelKind.REAL, 1, false);
            assertThat(delays.doubt()).isPositive().isLessThan(before);
            before = delays.doubt();
        }
        assertThat(before).isLessThan(0.002);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0, 0", "0.3, 0.6, 0", "0.05, 0.5, 0.2", "0.5, 0, 0.9"})
    void doubtIsTheRatioOfTheSharesWithoutALabelInTime(double positives, double inTime, double negativesInTime) {
        Random random = new Random(5);
        LabelDelays delays = LabelDelays.NONE;
        for (int i = 0; i < 200_000; i++) {
            boolean positive = random.nextDouble() < positives;
            if (random.nextDouble() < (positive ? inTime : negativesInTime)) {
                delays = delays.plus(LabelKind.REAL, positive ? 1 : 0, false);
            } else {
                delays = delays.plus(LabelKind.ASSUMED, 0, false);
                delays = positive ? delays.plus(LabelKind.REVISED, 1, true) : delays;
            }
        }
        double expected = (1 - inTime) / (1 - negativesInTime);
        assertThat(delays.doubt()).isCloseTo(expected, within(0.03 * expected));
    }
}
