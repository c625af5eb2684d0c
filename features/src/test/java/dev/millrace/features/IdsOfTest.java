package dev.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.features.Feature.Ids;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids that an embedding reads from an event, and what becomes of those that are none. */
class IdsOfTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(
            new Field("price", FieldType.NUMBER),
            new Field("user", FieldType.ID),
            new Field("drama", FieldType.BOOLEAN),
            new Field("war", FieldType.BOOLEAN),
            new Field("tags", FieldType.STRING)));

    private static final double MISSING = Double.NaN;
    private static final String LONGEST = "x".repeat(Feature.Embedding.LONGEST_ID);
    private static final String TOO_LONG = LONGEST + "x";

    @Test
    void oneIdIsTheValueOfTheField() {
        assertThat(ids(new Ids.One(), event(0, "u1", 0, 0, null), "user")).containsExactly("u1");
        assertThat(ids(new Ids.One(), event(2.5, null, 0, 0, null), "price")).containsExactly("2.5");
        assertThat(ids(new Ids.One(), event(7, null, 0, 0, null), "price")).containsExactly("7");
        assertThat(ids(new Ids.One(), event(7, null, 0, 0, "a|b"), "tags")).containsExactly("a|b");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a|b,a;b",
                "a,a",
                " a | b ,a;b",
                "a||b|,a;b",
                "|,''",
                "'',''",
                "' ',''",
                "a|a,a;a",
                "sci fi|war,sci fi;war"
            })
    void partsAreWithoutBlanksAndEmptyOnesDoNotCount(String text, String parts) {
        String[] expected = parts.isBlank() ? new String[0] : parts.split(";");
        assertThat(ids(new Ids.Parts("|"), event(0, null, 0, 0, text), "tags")).containsExactly(expected);
    }

    @Test
    void aSeparatorMayHaveSeveralCharacters() {
        assertThat(ids(new Ids.Parts(", "), event(0, null, 0, 0, "a, b,c, "), "tags"))
                .containsExactly("a", "b,c");
    }

    @Test
    void aCrossIsOneIdOfAllItsValues() {
        String[] cross = ids(new Ids.Cross(), event(3, "u1", 0, 0, "x"), "user", "tags", "price");
        assertThat(cross).hasSize(1);
        // Values that hold each other's text must not meet.
        assertThat(ids(new Ids.Cross(), event(0, "ab", 0, 0, "c"), "user", "tags"))
                .isNotEqualTo(ids(new Ids.Cross(), event(0, "a", 0, 0, "bc"), "user", "tags"));
        assertThat(ids(new Ids.Cross(), event(0, "a", 0, 0, "b"), "user", "tags"))
                .isNotEqualTo(ids(new Ids.Cross(), event(0, "b", 0, 0, "a"), "user", "tags"));
    }

    @Test
    void aCrossWithoutOneOfItsValuesIsMissing() {
        assertThat(ids(new Ids.Cross(), event(3, null, 0, 0, "x"), "user", "tags"))
                .isEmpty();
        assertThat(ids(new Ids.Cross(), event(MISSING, "u1", 0, 0, "x"), "user", "price"))
                .isEmpty();
    }

    @Test
    void aBagHoldsTheNamesOfWhatIsTrue() {
        assertThat(ids(new Ids.Bag(), event(0, null, 1, 0, null), "drama", "war"))
                .containsExactly("drama");
        assertThat(ids(new Ids.Bag(), event(0, null, 1, 1, null), "drama", "war"))
                .containsExactly("drama", "war");
        assertThat(ids(new Ids.Bag(), event(0, null, 0, MISSING, null), "drama", "war"))
                .isEmpty();
    }

    @Test
    void aBagTellsTheSameValueOfTwoFieldsApart() {
        String[] bag = ids(new Ids.Bag(), event(0, "x", 1, 0, "x"), "user", "tags", "drama", "price");
        assertThat(bag).hasSize(4).doesNotHaveDuplicates().contains("drama");
        assertThat(ids(new Ids.Bag(), event(MISSING, null, 0, 0, "x"), "user", "tags", "drama", "price"))
                .hasSize(1);
    }

    static List<Ids> kinds() {
        return List.of(new Ids.One(), new Ids.Parts("|"), new Ids.Cross(), new Ids.Bag());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anIdThatIsNullIsCountedAsMissing(Ids kind) {
        FeatureEncoder encoder = encoder(kind, "tags");
        assertThat(encoder.ids(event(0, null, 0, 0, null))[0]).isEmpty();
        assertThat(encoder.counts().get(0).missing()).isEqualTo(1);
        assertThat(encoder.counts().get(0).outOfRange()).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anIdThatIsTooLongIsCountedAndMissing(Ids kind) {
        FeatureEncoder encoder = encoder(kind, "tags");
        assertThat(encoder.ids(event(0, null, 0, 0, TOO_LONG))[0]).isEmpty();
        assertThat(encoder.counts().get(0).outOfRange()).isEqualTo(1);
        assertThat(encoder.counts().get(0).missing()).isEqualTo(1);
    }

    @Test
    void theLongestIdIsOne() {
        assertThat(ids(new Ids.One(), event(0, LONGEST, 0, 0, null), "user")).containsExactly(LONGEST);
    }

    @Test
    void aPartThatIsTooLongLeavesTheOthers() {
        FeatureEncoder encoder = encoder(new Ids.Parts("|"), "tags");
        assertThat(encoder.ids(event(0, null, 0, 0, "a|" + TOO_LONG + "|b"))[0]).containsExactly("a", "b");
        assertThat(encoder.counts().get(0).outOfRange()).isEqualTo(1);
        assertThat(encoder.counts().get(0).missing()).isZero();
    }

    @Test
    void idsComeInTheOrderOfTheEmbeddingsAndNumbersApart() {
        FeatureEncoder encoder = new FeatureEncoder(
                SCHEMA,
                FeatureSet.of(
                        new Feature.Embedding("tags", 4),
                        new Feature.Numeric("price"),
                        new Feature.Embedding("user", 2)));
        Event event = event(2, "u1", 0, 0, null);
        assertThat(encoder.width()).isEqualTo(1);
        assertThat(encoder.inputNames()).hasSize(7).contains("price", "embedding(tags, 4)[3]", "embedding(user, 2)[1]");
        assertThat(encoder.encode(event)).containsExactly(2);
        assertThat(encoder.ids(event)).isDeepEqualTo(new String[][] {{}, {"u1"}});
    }

    @Test
    void withoutEmbeddingsThereAreNoIds() {
        FeatureEncoder encoder = new FeatureEncoder(SCHEMA, FeatureSet.of(new Feature.Numeric("price")));
        assertThat(encoder.ids(event(2, "u1", 0, 0, null))).isEmpty();
    }

    private static String[] ids(Ids kind, Event event, String... fields) {
        return encoder(kind, fields).ids(event)[0];
    }

    private static FeatureEncoder encoder(Ids kind, String... fields) {
        return new FeatureEncoder(SCHEMA, FeatureSet.of(new Feature.Embedding("ids", List.of(fields), kind, 2)));
    }

    private static Event event(double price, String user, double drama, double war, String tags) {
        return new Event(EventId.of(1), 0, Event.NO_LABEL, new double[] {price, drama, war}, new String[] {user, tags});
    }
}
