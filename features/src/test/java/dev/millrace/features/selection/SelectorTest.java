package dev.millrace.features.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.features.selection.Condition.OfNumber;
import dev.millrace.features.selection.Condition.OfText;
import dev.millrace.features.selection.Condition.Presence;
import dev.millrace.features.selection.Condition.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SelectorTest {

    private static final EventSchema SCHEMA =
            new EventSchema(List.of(new Field("amount", FieldType.NUMBER), new Field("shop", FieldType.ID)));

    @ParameterizedTest
    @CsvSource({
        "BELOW, 2, true", "BELOW, 3, false",
        "AT_MOST, 3, true", "AT_MOST, 3.5, false",
        "ABOVE, 3, false", "ABOVE, 4, true",
        "AT_LEAST, 3, true", "AT_LEAST, 2, false",
        "AMONG, 3, true", "AMONG, 2, false",
        "NOT_AMONG, 3, false", "NOT_AMONG, 2, true"
    })
    void aNumberIsComparedWithThree(Relation relation, double amount, boolean selected) {
        assertThat(selects(event(amount, null, 0), new OfNumber("amount", relation, List.of(3.0))))
                .isEqualTo(selected);
        assertThat(selects(event(-1, null, (float) amount), new OfNumber("stars", relation, List.of(3.0))))
                .isEqualTo(selected);
    }

    @ParameterizedTest
    @EnumSource(Relation.class)
    void whatIsMissingSatisfiesNoComparison(Relation relation) {
        Event empty = event(Double.NaN, null, Event.NO_LABEL);
        assertThat(selects(empty, new OfNumber("amount", relation, List.of(3.0))))
                .isFalse();
        assertThat(selects(empty, new OfNumber("stars", relation, List.of(3.0))))
                .isFalse();
        assertThat(selects(empty, new OfText("shop", relation == Relation.AMONG, List.of("a"))))
                .isFalse();
    }

    @Test
    void aTextIsAmongSomeOrNot() {
        OfText among = new OfText("shop", true, List.of("a", "b"));
        OfText notAmong = new OfText("shop", false, List.of("a", "b"));
        assertThat(selects(event(0, "b", 0), among)).isTrue();
        assertThat(selects(event(0, "c", 0), among)).isFalse();
        assertThat(selects(event(0, "b", 0), notAmong)).isFalse();
        assertThat(selects(event(0, "c", 0), notAmong)).isTrue();
    }

    @Test
    void presenceIsOfNumbersTextsAndTheLabel() {
        Event full = event(0, "", 0);
        Event empty = event(Double.NaN, null, Event.NO_LABEL);
        for (String field : List.of("amount", "shop", "stars")) {
            assertThat(selects(full, new Presence(field, true))).isTrue();
            assertThat(selects(full, new Presence(field, false))).isFalse();
            assertThat(selects(empty, new Presence(field, true))).isFalse();
            assertThat(selects(empty, new Presence(field, false))).isTrue();
        }
    }

    @Test
    void allConditionsMustHold() {
        Condition[] both = {new OfNumber("amount", Relation.ABOVE, List.of(0.0)), new OfText("shop", true, List.of("a"))
        };
        assertThat(selects(event(1, "a", 0), both)).isTrue();
        assertThat(selects(event(0, "a", 0), both)).isFalse();
        assertThat(selects(event(1, "b", 0), both)).isFalse();
    }

    @Test
    void conditionsOfAnotherTypeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selects(event(0, "", 0), new OfNumber("shop", Relation.AMONG, List.of(1.0))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selects(event(0, "", 0), new OfText("amount", true, List.of("1"))));
        assertThatIllegalArgumentException().isThrownBy(() -> selects(event(0, "", 0), new Presence("nowhere", true)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OfNumber("amount", Relation.BELOW, List.of(1.0, 2.0)));
    }

    private static boolean selects(Event event, Condition... conditions) {
        return new Selector(SCHEMA, "stars", new Selection("", List.of(conditions))).selects(event);
    }

    private static Event event(double amount, @Nullable String shop, float stars) {
        return new Event(EventId.of(1), 0, stars, new double[] {amount}, new String[] {shop});
    }
}
