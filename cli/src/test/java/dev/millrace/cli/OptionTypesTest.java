package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionTypesTest {

    @ParameterizedTest
    @CsvSource({
        "2018-04-11,                2018-04-11T00:00:00Z",
        "2018-04-11T06:30:00,       2018-04-11T06:30:00Z",
        "2018-04-11 06:30:00,       2018-04-11T06:30:00Z",
        "2018-04-11T06:30:00Z,      2018-04-11T06:30:00Z",
        "2018-04-11T06:30:00+02:00, 2018-04-11T04:30:00Z",
        "1500,                      1970-01-01T00:00:01.500Z",
    })
    void timesAreDatesOrMilliseconds(String text, Instant time) {
        assertThat(new TimeOption().convert(text)).isEqualTo(time);
    }

    @Test
    void whatIsNoTimeIsRefusedWithAnExample() {
        assertThatThrownBy(() -> new TimeOption().convert("2018-13-01"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("2018-04-11T06:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "5s, PT5S", "90m, PT90M", "6h, PT6H", "7d, PT168H"})
    void durationsAreWrittenAsInPipelineFiles(String text, Duration duration) {
        assertThat(new DurationOption().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "h", "0h", "-1h", "1.5h", "6 h", "1w"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> new DurationOption().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
