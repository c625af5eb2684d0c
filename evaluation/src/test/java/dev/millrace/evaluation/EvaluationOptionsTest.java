package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EvaluationOptionsTest {

    @Test
    void defaultsAreAWeekOfSlicesAndAThousandExamples() {
        EvaluationOptions options = EvaluationOptions.of(
                "card-fraud", "fraud", ScoreKind.PROBABILITY, 2, Duration.ofDays(1), Duration.ofDays(30));

        assertThat(options.slidingSlices()).isEqualTo(7);
        assertThat(options.fadingFactor()).isEqualTo(0.999);
        assertThat(options.reportFrom()).isNull();
        assertThat(options.shardRows()).isEqualTo(32);
        assertThat(options.assumesMissing()).isFalse();
        assertThat(options.withAssumedLabels().assumesMissing()).isTrue();
        assertThat(options.withReportFrom(Instant.EPOCH).reportFrom()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void sayWhatIsWrongWithAValue() {
        assertThatThrownBy(() -> options(2, Duration.ZERO, Duration.ZERO, 1, 0.9))
                .hasMessage("evaluation slice must be whole milliseconds, at least 1, got PT0S; for instance PT24H");
        assertThatThrownBy(() -> options(2, Duration.ofNanos(1_000_001), Duration.ZERO, 1, 0.9))
                .hasMessageContaining("slice must be whole milliseconds");
        assertThatThrownBy(() -> options(2, Duration.ofDays(1), Duration.ofDays(-1), 1, 0.9))
                .hasMessageContaining("keep must be");
        assertThatThrownBy(() -> options(2, Duration.ofDays(1), Duration.ZERO, 0, 0.9))
                .hasMessageContaining("slidingSlices must be 1 to 1000, got 0");
        assertThatThrownBy(() -> options(2, Duration.ofDays(1), Duration.ZERO, 1, 1))
                .hasMessageContaining("fadingFactor must be above 0 and below 1, got 1.0");
        assertThatThrownBy(() -> options(3, Duration.ofDays(1), Duration.ZERO, 1, 0.9))
                .hasMessageContaining("classes of PROBABILITY must be 2, got 3");
    }

    private static EvaluationOptions options(
            int classes, Duration slice, Duration keep, int slidingSlices, double fadingFactor) {
        return new EvaluationOptions(
                "p", "m", ScoreKind.PROBABILITY, classes, slice, keep, slidingSlices, fadingFactor, null, 0, false);
    }
}
