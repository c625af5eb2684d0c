package dev.millrace.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

    @Test
    void readsWhatDoublesPrintToTheLastBit() {
        Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(2_000_000) / Math.pow(10, random.nextInt(8));
            if (Double.isFinite(value)) {
                assertThat(DecimalText.parse(Double.toString(value))).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0.0",
                "+5",
                ".5",
                "5.",
                "007",
                "1e22",
                "1e23",
                "9007199254740993",
                "123456789012345678901234567890",
                "0.000000000000000000000000000001",
                "1e400",
                "1e-400",
                "0e999999999",
                "1E+2",
                "2.2250738585072012e-308"
            })
    void agreesWithTheJavaLibrary(String text) {
        assertThat(DecimalText.parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "1.2.3", "1e", "1e+", "e5", " 1", "1 ", "1f", "1d", "0x10", "NaN", "Infinity", "١"
            })
    void refusesWhatIsNoDecimalNumber(String text) {
        assertThat(DecimalText.parse(text)).isNaN();
    }
}
