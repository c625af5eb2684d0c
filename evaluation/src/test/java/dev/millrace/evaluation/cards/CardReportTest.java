package dev.millrace.evaluation.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardReportTest {

    private static final LocalDate MONDAY = LocalDate.of(2018, 6, 18);

    private final CardReport report = new CardReport(7, 1);

    @Test
    void measuresTheSevenDaysOfTheWeekTogether() {
        add(-1, "a", .99f, true);
        add(0, "b", .8f, true);
        add(0, "c", .35f, true);
        add(3, "d", .4f, false);
        add(6, "e", .1f, false);
        add(7, "f", .99f, false);

        WeekScore week = report.week(MONDAY);

        assertThat(week.firstDay()).isEqualTo(MONDAY);
        assertThat(week.events()).isEqualTo(4);
        assertThat(week.frauds()).isEqualTo(2);
        // Of four pairs three are in order; precisions 1 and 2/3.
        assertThat(week.rocAuc()).hasValue(0.75);
        assertThat(week.averagePrecision().getAsDouble()).isCloseTo(5 / 6.0, within(1e-15));
        // b on the first day; d and e are honest; four days have no card.
        assertThat(week.cardPrecision()).isEqualTo(1 / 7.0);
    }

    /** With labels seven days late the week of training is days −14 to −8, and day d sees the frauds of day d − 8. */
    @ParameterizedTest
    @CsvSource({"-15,0,1", "-14,0,0", "-8,0,0", "-7,0,1", "-7,1,0", "-1,6,1", "-2,6,0", "-8,6,0", "-15,6,1"})
    void leavesOutCardsOnceTheirFraudIsKnown(int fraudDay, int testDay, int measured) {
        add(fraudDay, "a", .5f, true);
        add(testDay, "a", .5f, false);

        assertThat(report.week(MONDAY).events()).isEqualTo(measured);
    }

    @Test
    void anHonestPastMakesNoCardKnown() {
        add(-10, "a", .99f, false);
        add(0, "a", .5f, true);

        assertThat(report.week(MONDAY).frauds()).isEqualTo(1);
    }

    @Test
    void labelsThatComeAtOnceMakeCardsKnownTheNextDay() {
        CardReport prompt = new CardReport(0, 1);
        prompt.add(new CardEvent(MONDAY.toEpochDay(), "a", .5f, true));
        prompt.add(new CardEvent(MONDAY.toEpochDay() + 1, "a", .5f, true));

        assertThat(prompt.week(MONDAY).events()).isEqualTo(1);
    }

    @Test
    void whatWasFoundInOneWeekIsForgottenInTheNext() {
        CardReport slow = new CardReport(30, 1);
        slow.add(new CardEvent(MONDAY.toEpochDay(), "a", .5f, true));
        slow.add(new CardEvent(MONDAY.toEpochDay() + 7, "a", .5f, true));

        assertThat(slow.week(MONDAY).cardPrecision()).isEqualTo(1 / 7.0);
        assertThat(slow.week(MONDAY.plusDays(7)).cardPrecision()).isEqualTo(1 / 7.0);
    }

    @Test
    void aWeekWithoutEventsHasNothingToRank() {
        WeekScore week = report.week(MONDAY);

        assertThat(week.events()).isZero();
        assertThat(week.rocAuc()).isEmpty();
        assertThat(week.averagePrecision()).isEmpty();
        assertThat(week.cardPrecision()).isZero();
    }

    @Test
    void refusesADelayOrABudgetThatCannotBe() {
        assertThatThrownBy(() -> new CardReport(-1, 100)).hasMessageContaining("got -1 and 100");
        assertThatThrownBy(() -> new CardReport(7, 0)).hasMessageContaining("got 7 and 0");
    }

    private void add(int day, String card, float score, boolean fraud) {
        report.add(new CardEvent(MONDAY.toEpochDay() + day, card, score, fraud));
    }
}
