package dev.millrace.evaluation.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.events.Alert.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonFinderTest {

    private static final List<String> FEATURES = List.of("amount", "channel", "channel", "time", "time", "age");
    private static final List<String> INPUTS =
            List.of("log1p(amount)", "channel=web", "channel=shop", "sin(time)", "cos(time)", "age");
    private static final float[] ROW = {5, 0, 1, 0.5f, -0.5f, Float.NaN};

    @Test
    void inputsOfAFeatureCountTogetherAndTheGreatestByMagnitudeComeFirst() {
        ReasonFinder finder = new ReasonFinder(10, FEATURES, INPUTS);
        assertThat(finder.find(new float[] {0.5f, 0, -2, 0.75f, 0.5f, 0}, ROW))
                .containsExactly(
                        new Reason("channel", -2, "channel=shop", 1),
                        new Reason("time", 1.25f, "sin(time)", 0.5f),
                        new Reason("amount", 0.5f, "log1p(amount)", 5));
    }

    @Test
    void asManyAsAskedForAreNamedAndOfEqualOnesTheFirstFeature() {
        ReasonFinder finder = new ReasonFinder(2, FEATURES, INPUTS);
        assertThat(finder.find(new float[] {1, 0, -1, 0.5f, 0.5f, 0}, ROW))
                .extracting(Reason::feature)
                .containsExactly("amount", "channel");
    }

    @Test
    void eachInputNeedsAFeature() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReasonFinder(2, List.of("a"), INPUTS));
    }
}
