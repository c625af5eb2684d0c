package dev.millrace.evaluation.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CardPrecisionTest {

    @Test
    void ranksCardsByTheirHighestScoreAndCountsAFraudAnywhereInTheDay() {
        // b leads with .9 on an honest event, its fraud scored .1; a comes second, c is beyond the budget.
        CardPrecision precision = new CardPrecision(2);
        precision.addDay(
                List.of(event("a", .5f, false), event("b", .1f, true), event("c", .4f, true), event("b", .9f, false)));

        assertThat(precision.mean()).isEqualTo(1 / 2.0);
    }

    @Test
    void aCardThatWasFoundMakesRoomForTheNextOnLaterDays() {
        CardPrecision precision = new CardPrecision(1);
        precision.addDay(List.of(event("a", .9f, true), event("b", .8f, true)));
        precision.addDay(List.of(event("a", .9f, true), event("b", .8f, true)));
        precision.addDay(List.of(event("a", .9f, true), event("b", .8f, true), event("c", .1f, false)));

        // a, then b, then c, which is honest.
        assertThat(precision.mean()).isEqualTo(2 / 3.0);
    }

    @Test
    void anHonestCardIsLookedAtEveryDayAnew() {
        CardPrecision precision = new CardPrecision(1);
        precision.addDay(List.of(event("a", .9f, false), event("b", .8f, true)));
        precision.addDay(List.of(event("a", .9f, false), event("b", .8f, true)));

        assertThat(precision.mean()).isZero();
    }

    @Test
    void placesWithoutACardCountAsMissed() {
        CardPrecision precision = new CardPrecision(4);
        precision.addDay(List.of(event("a", .9f, true)));
        precision.addDay(List.of());

        assertThat(precision.mean()).isEqualTo(1 / 8.0);
    }

    @Test
    void equalScoresAreRankedByName() {
        CardPrecision precision = new CardPrecision(1);
        precision.addDay(List.of(event("b", 0f, true), event("a", -0f, false)));
        precision.addDay(List.of(event("b", .5f, false), event("a", .5f, true)));

        assertThat(precision.mean()).isCloseTo(.5, within(0.0));
    }

    @Test
    void nothingIsToldBeforeTheFirstDayAndNoBudgetRefused() {
        assertThat(new CardPrecision(100).mean()).isNaN();
        assertThatThrownBy(() -> new CardPrecision(0)).hasMessageContaining("at least 1 card a day, got 0");
        assertThatThrownBy(() -> event("a", Float.NaN, true)).hasMessageContaining("card a");
    }

    private static CardEvent event(String card, float score, boolean fraud) {
        return new CardEvent(0, card, score, fraud);
    }
}
