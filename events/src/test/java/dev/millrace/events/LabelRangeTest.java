package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelRangeTest {

    private static final LabelRange STARS = new LabelRange(1, 5, true);

    @Test
    void bothEndsBelongToTheRange() {
        assertThat(List.of(1.0, 3.5, 5.0)).allMatch(STARS::contains);
        assertThat(List.of(0.99, 5.01, Double.NaN)).noneMatch(STARS::contains);
    }

    @Test
    void scoresBeyondTheRangeBecomeItsNearerEnd() {
        float[] scores = {-7, 1, 2.25f, 5, 5.5f, Float.POSITIVE_INFINITY, Float.NaN};
        STARS.clip(scores);
        assertThat(scores).containsExactly(1, 1, 2.25f, 5, 5, 5, Float.NaN);
    }

    @Test
    void aRangeWithoutAnInsideAndOneOfClassesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelRange(5, 5, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelRange(Double.NaN, 5, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelLayout("stars", List.of(), 2, STARS))
                .withMessageContaining("2 classes and a range");
    }
}
