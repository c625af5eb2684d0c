package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                7,
                -7,
                999_999_999_999_999_999L,
                -999_999_999_999_999_999L,
                1_000_000_000_000_000_000L,
                -1_000_000_000_000_000_000L,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void aNumberAndItsTextAreTheSameId(long number) {
        EventId fromNumber = EventId.of(number);
        EventId fromText = EventId.of(Long.toString(number));
        assertThat(fromNumber).isEqualTo(fromText).hasSameHashCodeAs(fromText).hasToString(Long.toString(number));
        assertThat(fromNumber.compareTo(fromText)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "+7", "-07", "-0", "00", " 7", "7 ", "7.0", "7e0", "٧", "", "-"})
    void whatOnlyLooksLikeAnIntegerIsAnIdOfItsOwnAndKeepsItsText(String text) {
        EventId id = EventId.of(text);
        assertThat(id).hasToString(text).isNotEqualTo(EventId.of(7)).isNotEqualTo(EventId.of(0));
        assertThat(EventId.of(Long.MAX_VALUE)).isLessThan(id);
    }

    @Test
    void integersComeByValueAndThenTextsByTheirCodeUnits() {
        List<EventId> sorted = ids(
                "-123456789012345678901234567890",
                "-9223372036854775808",
                "-10",
                "-9",
                "0",
                "9",
                "10",
                "999999999999999999",
                "1000000000000000000",
                "9223372036854775807",
                "9223372036854775808",
                "123456789012345678901234567890",
                "",
                "-",
                "-0",
                "007",
                "10a",
                "9a",
                "Z",
                "a",
                "ab",
                "ä",
                // Code units, not code points: the surrogates of the emoji stand before the private use area.
                "🧾",
                "\uE000");
        List<EventId> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(sorted);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderIsTotalAndAgreesWithEquality(long seed) {
        Random random = new Random(seed);
        List<EventId> ids = new ArrayList<>(Samples.IDS);
        for (int i = 0; i < 90; i++) {
            ids.add(EventId.of(randomText(random)));
        }
        for (EventId a : ids) {
            for (EventId b : ids) {
                int ab = Integer.signum(a.compareTo(b));
                assertThat(ab).as("%s and %s", a, b).isEqualTo(-Integer.signum(b.compareTo(a)));
                assertThat(ab == 0).as("%s and %s", a, b).isEqualTo(a.equals(b));
                assertThat(a.equals(b)).isEqualTo(a.toString().equals(b.toString()));
                for (EventId c : ids) {
                    if (ab <= 0 && b.compareTo(c) <= 0 && a.compareTo(c) > 0) {
                        throw new AssertionError(a + " ≤ " + b + " ≤ " + c + ", yet " + a + " > " + c);
                    }
                }
            }
        }
    }

    @Test
    void longIntegersCompareAsTheirValues() {
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            BigInteger left = new BigInteger(random.nextInt(130), random).multiply(BigInteger.valueOf(sign(random)));
            BigInteger right = new BigInteger(random.nextInt(130), random).multiply(BigInteger.valueOf(sign(random)));
            assertThat(Integer.signum(EventId.of(left.toString()).compareTo(EventId.of(right.toString()))))
                    .as("%s and %s", left, right)
                    .isEqualTo(left.compareTo(right));
        }
    }

    /** Flink places an id's state by its hash: another hash would lose the state of every savepoint. */
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "42,388080412",
        "-7,680341632",
        "999999999999999999,588907796",
        "9223372036854775807,-1773151198",
        "007,47671",
        "tx-1,3572520"
    })
    void theHashStaysAsItIs(String text, int hash) {
        assertThat(EventId.of(text).hashCode()).isEqualTo(hash);
    }

    @Test
    void consecutiveIntegersDoNotShareTheirLowBits() {
        long distinct = LongStream.range(0, 1_024)
                .map(id -> EventId.of(id * 1_024).hashCode() & 0xFFFF)
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(900);
    }

    private static int sign(Random random) {
        return random.nextBoolean() ? 1 : -1;
    }

    private static String randomText(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(21) - 10);
            case 1 -> Long.toString(random.nextLong());
            case 2 -> new BigInteger(80, random).negate().toString();
            default -> {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.append("-0179aZä".charAt(random.nextInt(8)));
                }
                yield text.toString();
            }
        };
    }

    private static List<EventId> ids(String... texts) {
        return Arrays.stream(texts).map(EventId::of).toList();
    }
}
