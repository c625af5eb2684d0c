package dev.millrace.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.events.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordParserTest {

    private static final RecordLayout LAYOUT = new RecordLayout(
            new RecordFormat.Csv(List.of("id", "skipped", "amount", "time", "name", "flag", "class")),
            List.of(
                    field("id", FieldType.ID),
                    field("amount", FieldType.NUMBER),
                    new FieldLayout(
                            "time",
                            FieldType.TIMESTAMP,
                            List.of("time"),
                            new TimestampFormat.Epoch(TimestampFormat.Unit.SECONDS)),
                    field("name", FieldType.STRING),
                    field("flag", FieldType.BOOLEAN),
                    field("class", FieldType.STRING)),
            "id",
            "time",
            new LabelLayout("class", List.of("DOWN", "UP"), 2),
            null);
    private static final EventSchema SCHEMA = LAYOUT.schema();

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void readsALineWithOrWithoutItsEnd(String end) throws Exception {
        Event event = parse("7,whatever,-1.5e2,1522576800.123,\"Müller, \"\"M\"\"\",1,UP" + end);

        assertThat(event.id()).isEqualTo(EventId.of(7));
        assertThat(event.time()).isEqualTo(1522576800123L);
        assertThat(event.number(SCHEMA.slot("amount"))).isEqualTo(-150);
        assertThat(event.text(SCHEMA.slot("name"))).isEqualTo("Müller, \"M\"");
        assertThat(event.number(SCHEMA.slot("flag"))).isEqualTo(1);
        assertThat(event.label()).isEqualTo(1f);
    }

    @Test
    void takesAnEmptyCellAsMissing() throws Exception {
        Event event = parse("7,,,5,\"\",,");

        assertThat(event.number(SCHEMA.slot("amount"))).isNaN();
        assertThat(event.text(SCHEMA.slot("name"))).isNull();
        assertThat(event.number(SCHEMA.slot("flag"))).isNaN();
        assertThat(event.hasLabel()).isFalse();
    }

    @Test
    void readsLineBreaksInsideQuotes() throws Exception {
        assertThat(parse("7,\"a\nb\",1,5,\"c\r\nd\",true,").text(SCHEMA.slot("name")))
                .isEqualTo("c\r\nd");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of(RejectReason.EMPTY, ""),
                Arguments.of(RejectReason.EMPTY, "\r\n"),
                Arguments.of(RejectReason.MALFORMED, "7,x,1,5,n,1"),
                Arguments.of(RejectReason.MALFORMED, "7,x,1,5,n,1,UP,more"),
                Arguments.of(RejectReason.MALFORMED, "7,x,1,5,\"n,1,UP"),
                Arguments.of(RejectReason.MALFORMED, "7,x,1,5,\"n\"o,1,UP"),
                Arguments.of(RejectReason.MALFORMED, "7,x,1,5,n\"o,1,UP"),
                Arguments.of(RejectReason.MALFORMED, "7,x,1,5,n,1,UP\n8,x,1,5,n,1,UP"),
                Arguments.of(RejectReason.MALFORMED, "\u0000\u0001\u0002"),
                Arguments.of(RejectReason.WRONG_TYPE, "7,x,much,5,n,1,UP"),
                Arguments.of(RejectReason.WRONG_TYPE, "7,x, 1,5,n,1,UP"),
                Arguments.of(RejectReason.WRONG_TYPE, "7,x,0x10,5,n,1,UP"),
                Arguments.of(RejectReason.WRONG_TYPE, "7,x,1f,5,n,1,UP"),
                Arguments.of(RejectReason.WRONG_TYPE, "7,x,1,5,n,yes,UP"),
                Arguments.of(RejectReason.NOT_FINITE, "7,x,NaN,5,n,1,UP"),
                Arguments.of(RejectReason.NOT_FINITE, "7,x,-inf,5,n,1,UP"),
                Arguments.of(RejectReason.BEYOND_FLOAT_RANGE, "7,x,1e39,5,n,1,UP"),
                Arguments.of(RejectReason.MISSING_ID, ",x,1,5,n,1,UP"),
                Arguments.of(RejectReason.MISSING_TIME, "7,x,1,,n,1,UP"),
                Arguments.of(RejectReason.UNREADABLE_TIME, "7,x,1,2018-04-01,n,1,UP"),
                Arguments.of(RejectReason.UNREADABLE_TIME, "7,x,1,1e300,n,1,UP"),
                Arguments.of(RejectReason.OVERSIZED, "7,x,1,5," + "n".repeat(101) + ",1,UP"),
                Arguments.of(RejectReason.OVERSIZED, "7,x,1,5," + "n".repeat(1_001) + ",1,UP"),
                Arguments.of(RejectReason.LABEL_OUT_OF_RANGE, "7,x,1,5,n,1,SIDEWAYS"));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(RejectReason reason, String record) {
        RecordRejectedException rejection = catchThrowableOfType(RecordRejectedException.class, () -> parse(record));

        assertThat(rejection).as(record).isNotNull();
        assertThat(rejection.reason()).as(rejection.detail()).isEqualTo(reason);
    }

    @Test
    void rejectsWhatIsNotUtf8() {
        byte[] record = {'7', ',', (byte) 0xc3, ',', '1', ',', '5', ',', 'n', ',', '1', ',', 'U', 'P'};
        assertThat(catchThrowableOfType(RecordRejectedException.class, () -> parse(record))
                        .reason())
                .isEqualTo(RejectReason.MALFORMED);
    }

    @Test
    void refusesFieldsWithoutTheirColumn() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RecordParser.of(
                        new RecordLayout(
                                new RecordFormat.Csv(List.of("a", "b", "b")),
                                List.of(field("b", FieldType.NUMBER)),
                                null,
                                null,
                                null,
                                null),
                        RecordLimits.DEFAULT))
                .withMessageContaining("stands 2 times");
    }

    private static FieldLayout field(String name, FieldType type) {
        return new FieldLayout(name, type, List.of(name), null);
    }

    private static Event parse(String record) throws RecordRejectedException {
        return parse(record.getBytes(StandardCharsets.UTF_8));
    }

    private static Event parse(byte[] record) throws RecordRejectedException {
        return RecordParser.of(LAYOUT, new RecordLimits(1_000, 100, 5))
                .parseEvent(record, new RecordOrigin("t", 0, 0, 0, null));
    }
}
