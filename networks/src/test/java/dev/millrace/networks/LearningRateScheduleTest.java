package dev.millrace.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

    @Test
    void eachScheduleIsItsFormula() {
        assertFactors(new LearningRateSchedule.Constant(), 1, 1, 1);
        assertFactors(new LearningRateSchedule.Step(0.5f, 10), 1, 0.5, 0.25);
        assertFactors(new LearningRateSchedule.Exponential(0.25f, 20), 1, Math.sqrt(0.25), 0.25);
        assertFactors(new LearningRateSchedule.Inverse(10, 2), 1, 0.25, 1.0 / 9);
        assertFactors(new LearningRateSchedule.Cosine(20, 0.2f), 1, 0.6, 0.2);
        assertThat(new LearningRateSchedule.Cosine(20, 0.2f).factor(1_000)).isCloseTo(0.2, within(1e-7));
        assertThat(new LearningRateSchedule.Step(0.5f, 10).factor(9)).isEqualTo(1);
        assertThat(new LearningRateSchedule.Exponential(0.5f, 1).factor(Long.MAX_VALUE))
                .isZero();
    }

    @Test
    void aWarmUpEndsWhereTheNextBegins() {
        LearningRateSchedule schedule = new LearningRateSchedule.WarmUp(4, new LearningRateSchedule.Step(0.5f, 10));
        assertThat(schedule.factor(0)).isEqualTo(0.2);
        assertThat(schedule.factor(3)).isEqualTo(0.8);
        assertThat(schedule.factor(4)).isEqualTo(1);
        assertThat(schedule.factor(14)).isEqualTo(0.5);
    }

    private static void assertFactors(LearningRateSchedule schedule, double at0, double at10, double at20) {
        assertThat(schedule.factor(0)).isCloseTo(at0, within(1e-7));
        assertThat(schedule.factor(10)).isCloseTo(at10, within(1e-7));
        assertThat(schedule.factor(20)).isCloseTo(at20, within(1e-7));
    }
}
