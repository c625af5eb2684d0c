package dev.millrace.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.TimestampFormat;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantReaderTest {

    @ParameterizedTest
    @CsvSource({
        "2018-04-01T00:00:31Z, 2018-04-01T00:00:31Z",
        "2018-04-01 00:00:31, 2018-04-01T00:00:31Z",
        "2018-04-01T00:00:31.1234567, 2018-04-01T00:00:31.123Z",
        "2018-04-01T00:00:31.5+02:00, 2018-03-31T22:00:31.5Z",
        "'2018-04-01T00:00:31,5Z', 2018-04-01T00:00:31.5Z",
        "2018-04-01T00:00-0530, 2018-04-01T05:30:00Z",
        "2018-04-01T00:00+05, 2018-03-31T19:00:00Z",
        "2018-04-01, 2018-04-01T00:00:00Z",
        "2000-02-29 23:59:59.999, 2000-02-29T23:59:59.999Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    })
    void readsIso(String text, Instant expected) {
        assertThat(InstantReader.of(new TimestampFormat.Iso()).read(text)).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void agreesWithTheJavaLibraryOnAnyIsoTime() {
        Random random = new Random(3);
        InstantReader reader = InstantReader.of(new TimestampFormat.Iso());
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L);
            String text = LocalDateTime.ofEpochSecond(
                            Math.floorDiv(millis, 1000L),
                            (int) Math.floorMod(millis, 1000L) * 1_000_000,
                            ZoneOffset.UTC)
                    .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
            assertThat(reader.read(text)).as(text).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2018",
                "2018-4-1",
                "2018-13-01",
                "2018-02-29",
                "2018-04-31",
                "2018-04-01T",
                "2018-04-01T24:00",
                "2018-04-01T00:60",
                "2018-04-01T00:00:60",
                "2018-04-01T00:00:00.",
                "2018-04-01T00:00:00Zx",
                "2018-04-01T00:00:00+1",
                "2018-04-01T00:00:00+99:00",
                "2018-04-01_00:00",
                "2018-04-01T00:00:0",
                "２018-04-01",
                "20180401T000000",
                "1522576800",
                "-018-04-01"
            })
    void refusesWhatIsNotIso(String text) {
        assertThat(InstantReader.of(new TimestampFormat.Iso()).read(text)).isEqualTo(InstantReader.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1522576800, 1522576800000",
        "SECONDS, 1522576800.123, 1522576800123",
        "SECONDS, 1522576800.1239, 1522576800123",
        "SECONDS, 1.5225768e9, 1522576800000",
        "SECONDS, -1.5, -1500",
        "SECONDS, -0.0001, -1",
        "MILLIS, 1522576800123, 1522576800123",
        "MILLIS, 0, 0",
        "MICROS, 1522576800123999, 1522576800123",
        "MICROS, -1, -1",
        "NANOS, 1522576800123999999, 1522576800123",
    })
    void readsCounts(TimestampFormat.Unit unit, String text, long millis) {
        assertThat(InstantReader.of(new TimestampFormat.Epoch(unit)).read(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "now", "1e30", "9007199254741", "1522576800x", "NaN"})
    void refusesWhatIsNoCount(String text) {
        assertThat(InstantReader.of(new TimestampFormat.Epoch(TimestampFormat.Unit.SECONDS))
                        .read(text))
                .isEqualTo(InstantReader.UNREADABLE);
    }

    @Test
    void isNotHeldUpByHugeExponents() {
        InstantReader reader = InstantReader.of(new TimestampFormat.Epoch(TimestampFormat.Unit.SECONDS));
        assertThat(reader.read("1e-999999999")).isZero();
        assertThat(reader.read("1e999999999")).isEqualTo(InstantReader.UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss, 2018-04-01 12:00:00, 2018-04-01T10:00:00Z",
        "yyyy-MM-dd HH:mm, 2018-04-01 12:00, 2018-04-01T10:00:00Z",
        "uuuu/MM/dd HH:mm:ss.SSS, 2018/04/01 12:00:00.250, 2018-04-01T10:00:00.250Z",
        "dd.MM.yyyy, 01.04.2018, 2018-03-31T22:00:00Z",
        "yyyyMMdd, 20180401, 2018-03-31T22:00:00Z",
        "d MMM yyyy HH:mm:ss XXX, 1 Apr 2018 12:00:00 -03:00, 2018-04-01T15:00:00Z",
    })
    void readsPatternsInTheirZone(String pattern, String text, Instant expected) {
        assertThat(InstantReader.of(new TimestampFormat.Pattern(pattern, ZoneId.of("Europe/Berlin")))
                        .read(text))
                .isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2018-02-30 00:00", "2018-04-01", "2018-04-01 00:00 "})
    void refusesWhatIsNotOfThePattern(String text) {
        assertThat(InstantReader.of(new TimestampFormat.Pattern("yyyy-MM-dd HH:mm", ZoneOffset.UTC))
                        .read(text))
                .isEqualTo(InstantReader.UNREADABLE);
    }
}
