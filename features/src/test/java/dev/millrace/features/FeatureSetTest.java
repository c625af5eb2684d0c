package dev.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeatureSetTest {

    private static final FeatureSet EVERY_KIND = FeatureSet.of(
            new Feature.Numeric("amount", new Transform.Clip(0, 10), new Transform.Log1p()),
            new Feature.Flag("online"),
            new Feature.Cyclic("time", Cycle.HOUR_OF_DAY),
            new Feature.CyclicNumber("hour", 24),
            new Feature.OneHot("channel", "web", "shop"),
            new Feature.Hash("terminal", 2),
            new Feature.Embedding("user", 2));

    @Test
    void inputsAreNamedAsTheyAreWritten() {
        assertThat(EVERY_KIND.inputNames())
                .containsExactly(
                        "log1p(clip(amount, 0.0, 10.0))",
                        "online",
                        "hour-of-day.sin(time)",
                        "hour-of-day.cos(time)",
                        "cyclic(hour, 24.0).sin",
                        "cyclic(hour, 24.0).cos",
                        "channel=web",
                        "channel=shop",
                        "channel other",
                        "hash(terminal, 2)[0]",
                        "hash(terminal, 2)[1]",
                        "embedding(user, 2)[0]",
                        "embedding(user, 2)[1]");
        assertThat(EVERY_KIND.width()).isEqualTo(13);
        assertThat(EVERY_KIND.denseWidth()).isEqualTo(11);
        assertThat(EVERY_KIND.standardised()).hasSize(11).startsWith(true, false);
    }

    @Test
    void everyKindOfFeatureIsTested() {
        assertThat(EVERY_KIND.features())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(everyKind().toList());
    }

    private static Stream<Class<?>> everyKind() {
        return Stream.concat(
                Stream.of(Feature.OfField.class.getPermittedSubclasses()),
                Stream.of(Feature.class.getPermittedSubclasses()).filter(kind -> !kind.isInterface()));
    }

    @Test
    void statedNameNamesTheInputs() {
        assertThat(FeatureSet.of(
                                new Feature.Hash("place", "terminal", 2),
                                new Feature.Cyclic("when", "time", List.of(Cycle.DAY_OF_WEEK), ZoneOffset.UTC))
                        .inputNames())
                .containsExactly("place[0]", "place[1]", "day-of-week.sin(when)", "day-of-week.cos(when)");
    }

    @Test
    void indicatorIsAnInputBesideTheNumberAndNotStandardised() {
        Gaps indicated = new Gaps(0, 1, Gaps.Outside.CLIP, Double.NaN, true);
        FeatureSet features = FeatureSet.of(new Feature.Numeric("share", "share", List.of(), indicated));

        assertThat(features.inputNames()).containsExactly("share", "share missing");
        assertThat(features.standardised()).containsExactly(true, false);
    }

    @Test
    void twoInputsOfOneNameAreRefused() {
        assertThatThrownBy(() -> FeatureSet.of(new Feature.Numeric("amount"), new Feature.Numeric("amount")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "input 'amount' of feature 'amount' exists already; give one of the two features another name");
    }

    @Test
    void featuresTravelWithTheirOperator() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(EVERY_KIND);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(input.readObject()).isEqualTo(EVERY_KIND);
        }
    }
}
