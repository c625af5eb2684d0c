package dev.millrace.cli.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.events.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowEncoderTest {

    private static final Path FILE = Path.of("events.csv");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
            NUMBER,  57.16,   57.16
            NUMBER,  -1e5,    -1e5
            NUMBER,  ` 7 `,   7
            NUMBER,  007,     "007"
            NUMBER,  .5,      ".5"
            NUMBER,  NaN,     "NaN"
            NUMBER,  Infinity,"Infinity"
            NUMBER,  many,    "many"
            BOOLEAN, true,    true
            BOOLEAN, False,   false
            BOOLEAN, yes,     "yes"
            ID,      596,     "596"
            ID,      007,     "007"
            STRING,  a"b,     "a\\"b"
            """)
    void cellsAreWrittenAsTheirFieldIsDeclared(FieldType type, String cell, String json) {
        assertThat(encode(json(field("x", type)), List.of("x"), cell)).isEqualTo("{\"x\":" + json + "}");
    }

    @Test
    void timesAreTextsOrCounts() {
        FieldLayout iso = new FieldLayout("at", FieldType.TIMESTAMP, List.of("at"), new TimestampFormat.Iso());
        assertThat(encode(json(iso), List.of("at"), "2018-04-01 00:00:31"))
                .isEqualTo("{\"at\":\"2018-04-01 00:00:31\"}");
        FieldLayout seconds = new FieldLayout(
                "at", FieldType.TIMESTAMP, List.of("at"), new TimestampFormat.Epoch(TimestampFormat.Unit.SECONDS));
        assertThat(encode(json(seconds), List.of("at"), "874724710")).isEqualTo("{\"at\":874724710}");
    }

    @Test
    void columnsAreMatchedByNameAndOthersLeftOut() {
        assertThat(encode(
                        json(field("b", FieldType.NUMBER), field("a", FieldType.ID)),
                        List.of("a", "more", "b"),
                        "x",
                        "y",
                        "3"))
                .isEqualTo("{\"b\":3,\"a\":\"x\"}");
    }

    @Test
    void anEmptyCellIsAMissingField() {
        assertThat(encode(json(field("a", FieldType.NUMBER), field("b", FieldType.STRING)), List.of("a", "b"), "", ""))
                .isEqualTo("{}");
    }

    @Test
    void aPathIsAColumnNamedByItsKeysAndANestedObject() {
        FieldLayout limit = new FieldLayout("limit", FieldType.NUMBER, List.of("card", "limit"), null);
        FieldLayout holder = new FieldLayout("holder", FieldType.ID, List.of("card", "holder"), null);
        assertThat(encode(json(limit, holder), List.of("card.holder", "card.limit"), "h", "9"))
                .isEqualTo("{\"card\":{\"limit\":9,\"holder\":\"h\"}}");
    }

    @Test
    void csvRecordsHaveTheDeclaredColumnsInTheirOrder() {
        RecordLayout layout = layout(
                new RecordFormat.Csv(List.of("b", "unknown", "a")),
                field("a", FieldType.STRING),
                field("b", FieldType.NUMBER));
        assertThat(encode(layout, List.of("a", "b"), "say \"x, y\"", "007")).isEqualTo("007,,\"say \"\"x, y\"\"\"");
    }

    @Test
    void everyColumnIsWrittenWhereNoFieldIsDeclared() {
        RowEncoder encoder = RowEncoder.forEveryColumn(List.of("a", "b", "c", "d"));
        assertThat(text(encoder.encode(new String[] {"1.5", "TRUE", "x", ""})))
                .isEqualTo("{\"a\":1.5,\"b\":true,\"c\":\"x\"}");
    }

    @Test
    void aMissingColumnIsOneErrorThatNamesThoseFound() {
        RecordLayout layout =
                json(field("a", FieldType.NUMBER), field("amount", FieldType.NUMBER), field("time", FieldType.ID));
        assertThatThrownBy(() -> RowEncoder.forLayout(layout, List.of("a", "TX_AMOUNT"), FILE))
                .isInstanceOf(WrongInputException.class)
                .hasMessage(
                        "events.csv has no column 'amount', 'time', which the pipeline declares as a field; its header "
                                + "names: a, TX_AMOUNT. Rename the column or the field");
    }

    @Test
    void aColumnThatIsReadMayNotOccurTwice() {
        assertThatThrownBy(() -> RowEncoder.forLayout(json(field("a", FieldType.NUMBER)), List.of("a", "a"), FILE))
                .isInstanceOf(WrongInputException.class)
                .hasMessageContaining("two columns 'a'");
    }

    private static FieldLayout field(String name, FieldType type) {
        return new FieldLayout(name, type, List.of(name), null);
    }

    private static RecordLayout json(FieldLayout... fields) {
        return layout(new RecordFormat.Json(), fields);
    }

    private static RecordLayout layout(RecordFormat format, @Nullable FieldLayout... fields) {
        return new RecordLayout(format, List.of(fields), null, null, null, null);
    }

    private static String encode(RecordLayout layout, List<String> columns, String... cells) {
        return text(RowEncoder.forLayout(layout, columns, FILE).encode(cells));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
