package dev.millrace.evaluation.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.events.Alert;
import dev.millrace.events.EventId;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertBookTest {

    private static final AlertRules RULES = new AlertRules(3, ZoneOffset.UTC, 0.9f);
    private static final long NOON = Instant.parse("2018-08-08T12:00:00Z").toEpochMilli();

    @Test
    void theDayKeepsTheHighestScoreOfEachCardAndNoMoreCardsThanTheBudget() {
        DayBoard day = new AlertBook(RULES).at(NOON);
        day.put(alert(1, "a", 0.5f));
        day.put(alert(2, "b", 0.4f));
        day.put(alert(3, "a", 0.7f));
        day.put(alert(4, "a", 0.6f));
        day.put(alert(5, "c", 0.1f));
        day.put(alert(6, "d", 0.2f));
        assertThat(day.ranked()).extracting(Alert::id).containsExactly(EventId.of(3), EventId.of(2), EventId.of(6));
        assertThat(day.ranked()).extracting(Alert::place).containsExactly(1, 2, 3);
    }

    @Test
    void onlyWhatChangesTheBoardIsAdmitted() {
        DayBoard day = new AlertBook(RULES).at(NOON);
        day.put(alert(1, "a", 0.5f));
        assertThat(day.admits(alert(2, "a", 0.5f))).isFalse();
        assertThat(day.admits(alert(0, "a", 0.5f))).isTrue();
        assertThat(day.admits(alert(2, "a", 0.6f))).isTrue();
        assertThat(day.admits(alert(2, "b", 0.1f))).isTrue();
        day.put(alert(2, "b", 0.1f));
        day.put(alert(3, "c", 0.2f));
        assertThat(day.admits(alert(4, "d", 0.05f))).isFalse();
        assertThat(day.admits(alert(4, "d", 0.15f))).isTrue();
        assertThat(day.admits(alert(4, "d", Float.NaN))).isFalse();
        day.put(alert(4, "d", Float.POSITIVE_INFINITY));
        assertThat(day.ranked()).hasSize(3).noneMatch(alert -> alert.card().equals("d"));
    }

    /** The card's events lie on any shards: the k best of each are enough for the k best of all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void theBestOfEachShardMergeToTheBestOfAllInAnyOrder(int shards) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Alert> alerts = new ArrayList<>();
            List<DayBoard> boards = new ArrayList<>();
            for (int shard = 0; shard < shards; shard++) {
                boards.add(new AlertBook(RULES).at(NOON));
            }
            for (int i = 0; i < 60; i++) {
                // Few scores: ties are many.
                Alert alert = alert(i, "card " + random.nextInt(12), random.nextInt(8) / 8f, random.nextInt(shards));
                alerts.add(alert);
                boards.get(alert.shard()).put(alert);
            }
            List<Alert> best = new ArrayList<>();
            boards.forEach(board -> best.addAll(board.highestFirst()));
            Collections.shuffle(best, random);
            DayBoard merged = new AlertBook(RULES).at(NOON);
            best.forEach(merged::put);
            assertThat(merged.highestFirst()).isEqualTo(bruteForce(alerts));
        }
    }

    private static List<Alert> bruteForce(List<Alert> alerts) {
        Comparator<Alert> order = Comparator.comparing(Alert::score)
                .reversed()
                .thenComparing(Alert::eventTime)
                .thenComparing(Alert::id);
        Map<String, Alert> byCard = new HashMap<>();
        alerts.stream().sorted(order).forEach(alert -> byCard.putIfAbsent(alert.reportingId(), alert));
        return byCard.values().stream().sorted(order).limit(RULES.perDay()).toList();
    }

    @Test
    void anEventWithoutACardIsOneOfItsOwn() {
        DayBoard day = new AlertBook(RULES).at(NOON);
        day.put(alert(1, "", 0.5f));
        day.put(alert(2, "", 0.5f));
        day.put(alert(3, "1", 0.5f));
        assertThat(day.ranked()).hasSize(3);
    }

    @Test
    void aDayBeginsAndEndsOnTheClockOfItsZone() {
        AlertBook book = new AlertBook(new AlertRules(3, ZoneId.of("Europe/Berlin"), 1));
        DayBoard day = book.at(Instant.parse("2018-10-27T22:30:00Z").toEpochMilli());
        assertThat(day.day()).isEqualTo(LocalDate.of(2018, 10, 28));
        // The clock went back that night: the day has 25 hours.
        assertThat(Instant.ofEpochMilli(day.last())).isEqualTo("2018-10-28T22:59:59.999Z");
        assertThat(book.at(day.last())).isSameAs(day);
        assertThat(book.at(Instant.parse("2018-10-27T22:00:00Z").toEpochMilli()))
                .isSameAs(day);
        assertThat(book.at(day.last() + 1).day()).isEqualTo(LocalDate.of(2018, 10, 29));
        assertThat(book.at(Instant.parse("2018-10-27T21:59:59.999Z").toEpochMilli())
                        .day())
                .isEqualTo(LocalDate.of(2018, 10, 27));
    }

    @Test
    void aDayThatIsOverTakesNothingMore() {
        AlertBook book = new AlertBook(RULES);
        DayBoard day = book.at(NOON);
        DayBoard next = book.at(day.last() + 1);
        assertThat(book.close(NOON)).isNull();
        assertThat(book.close(day.last())).isSameAs(day);
        assertThat(book.at(NOON)).isNull();
        assertThat(book.isEmpty()).isFalse();
        assertThat(book.close(next.last())).isSameAs(next);
        assertThat(book.isEmpty()).isTrue();
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() throws IOException {
        Random random = new Random(3);
        AlertBook book = new AlertBook(RULES);
        DayBoard closed = book.at(NOON - 86_400_000);
        book.close(closed.last());
        for (int i = 0; i < 40; i++) {
            DayBoard day = book.at(NOON + 86_400_000L * random.nextInt(2));
            Alert alert = alert(i, "card " + i % 9, random.nextFloat());
            day.put(alert);
            if (alert.score() > 0.9f) {
                day.alertAtOnce(alert);
            }
            byte[] bytes = AlertBook.CODEC.toBytes(book);
            book = AlertBook.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            book.adopt(RULES);
            assertThat(AlertBook.CODEC.toBytes(book)).isEqualTo(bytes);
        }
        assertThat(book.at(NOON - 86_400_000)).isNull();
        assertThat(book.at(NOON).ranked()).hasSize(3);
        assertThat(book.at(NOON).last()).isEqualTo(NOON + 43_200_000 - 1);
    }

    @Test
    void aSmallerBudgetHoldsFromTheDaysThatAreOpenOn() {
        AlertBook book = new AlertBook(RULES);
        for (int i = 0; i < 3; i++) {
            book.at(NOON).put(alert(i, "card " + i, i));
        }
        book.adopt(new AlertRules(1, ZoneOffset.UTC, 1));
        assertThat(book.at(NOON).ranked()).singleElement().satisfies(alert -> assertThat(alert.card())
                .isEqualTo("card 2"));
    }

    /** The layout of what is in savepoints. */
    @Test
    void bytesStayAsTheyAre() {
        AlertBook book = new AlertBook(RULES);
        DayBoard day = book.at(NOON);
        day.put(alert(1, "a", 0.5f));
        day.alertAtOnce(alert(1, "a", 0.5f));
        assertThat(HexFormat.of().formatHex(AlertBook.CODEC.toBytes(book)))
                .isEqualTo(
                        "01ffffffffffffffffff0101ae95028090aaeda259feffdcbfa359010105667261756400ae950280c8c396a359000161010280c8c396a359003f0000000700010161");
    }

    @Test
    void aBudgetIsAtLeastOneAndAThresholdANumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AlertRules(0, ZoneOffset.UTC, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new AlertRules(1, ZoneOffset.UTC, Float.NaN));
    }

    private static Alert alert(long id, String card, float score) {
        return alert(id, card, score, 0);
    }

    private static Alert alert(long id, String card, float score, int shard) {
        return new Alert(
                "fraud",
                Alert.Kind.DAILY,
                LocalDate.of(2018, 8, 8),
                NOON,
                0,
                card,
                EventId.of(id),
                NOON,
                shard,
                score,
                7,
                List.of());
    }
}
