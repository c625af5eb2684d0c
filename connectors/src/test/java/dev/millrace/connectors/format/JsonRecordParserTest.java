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
import dev.millrace.events.LabelRange;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.events.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordParserTest {

    private static final RecordLimits LIMITS = new RecordLimits(2_000, 100, 5);
    private static final long KAFKA_TIME = Instant.parse("2018-04-01T12:00:00Z").toEpochMilli();
    private static final RecordOrigin ORIGIN = new RecordOrigin("transactions", 3, 42, KAFKA_TIME, null);

    private static final RecordLayout LAYOUT = new RecordLayout(
            new RecordFormat.Json(),
            List.of(
                    field("transaction", FieldType.STRING, "id"),
                    field("customer", FieldType.ID, "customer"),
                    field("amount", FieldType.NUMBER, "amount"),
                    field("limit", FieldType.NUMBER, "card", "limit"),
                    field("online", FieldType.BOOLEAN, "online"),
                    new FieldLayout("time", FieldType.TIMESTAMP, List.of("time"), new TimestampFormat.Iso()),
                    field("fraud", FieldType.NUMBER, "fraud")),
            "transaction",
            "time",
            new LabelLayout("fraud", List.of(), 2),
            Duration.ofHours(1));

    private static final String GOOD =
            """
            {"id":"t1","customer":17,"amount":12.5,"card":{"limit":3000,"brand":"x"},"online":true,\
            "time":"2018-04-01T10:00:00Z","fraud":1,"ignored":[1,{"deep":null}],"more":"text"}""";

    @Test
    void readsEveryFieldIntoItsSlot() throws Exception {
        Event event = parse(GOOD);

        EventSchema schema = LAYOUT.schema();
        assertThat(schema.has("fraud")).isFalse();
        assertThat(event.id()).isEqualTo(EventId.of("t1"));
        assertThat(event.time()).isEqualTo(Instant.parse("2018-04-01T10:00:00Z").toEpochMilli());
        assertThat(event.label()).isEqualTo(1f);
        assertThat(event.text(schema.slot("transaction"))).isEqualTo("t1");
        assertThat(event.text(schema.slot("customer"))).isEqualTo("17");
        assertThat(event.number(schema.slot("amount"))).isEqualTo(12.5);
        assertThat(event.number(schema.slot("limit"))).isEqualTo(3000);
        assertThat(event.number(schema.slot("online"))).isEqualTo(1);
        assertThat(event.number(schema.slot("time"))).isEqualTo((double) event.time());
    }

    @Test
    void takesNullAndAbsentFieldsAsMissing() throws Exception {
        Event event = parse("{\"id\":7,\"time\":\"2018-04-01 10:00:00\",\"amount\":null,\"card\":null}");

        EventSchema schema = LAYOUT.schema();
        assertThat(event.id()).isEqualTo(EventId.of(7));
        assertThat(event.hasLabel()).isFalse();
        assertThat(event.number(schema.slot("amount"))).isNaN();
        assertThat(event.number(schema.slot("limit"))).isNaN();
        assertThat(event.number(schema.slot("online"))).isNaN();
        assertThat(event.text(schema.slot("customer"))).isNull();
    }

    @Test
    void keepsNothingOfTheRecordBefore() throws Exception {
        RecordParser parser = RecordParser.of(LAYOUT, LIMITS);
        Event first = parser.parseEvent(bytes(GOOD), ORIGIN);
        assertThatExceptionOfType(RecordRejectedException.class)
                .isThrownBy(() -> parser.parseEvent(bytes(GOOD.substring(0, 60)), ORIGIN));
        Event second = parser.parseEvent(bytes("{\"id\":\"t2\",\"time\":\"2018-04-01T10:00:00Z\"}"), ORIGIN);

        int amount = LAYOUT.schema().slot("amount");
        assertThat(second.number(amount)).isNaN();
        assertThat(second.hasLabel()).isFalse();
        assertThat(first.number(amount)).isEqualTo(12.5);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                // cut
                rejected(RejectReason.MALFORMED, GOOD.substring(0, GOOD.length() - 1)),
                rejected(RejectReason.MALFORMED, "{\"id\":\"t1\",\"amou"),
                rejected(RejectReason.MALFORMED, "{\"id\":"),
                rejected(RejectReason.MALFORMED, "{"),
                // wrong type
                rejected(RejectReason.WRONG_TYPE, with("amount", "true")),
                rejected(RejectReason.WRONG_TYPE, with("amount", "\"a lot\"")),
                rejected(RejectReason.WRONG_TYPE, with("amount", "[1]")),
                rejected(RejectReason.WRONG_TYPE, with("amount", "{\"value\":1}")),
                rejected(RejectReason.WRONG_TYPE, with("online", "1")),
                rejected(RejectReason.WRONG_TYPE, with("online", "\"true\"")),
                rejected(RejectReason.WRONG_TYPE, with("customer", "1.5")),
                rejected(RejectReason.WRONG_TYPE, with("customer", "true")),
                rejected(RejectReason.WRONG_TYPE, with("card", "5")),
                rejected(RejectReason.WRONG_TYPE, with("card", "[]")),
                rejected(RejectReason.WRONG_TYPE, "[1,2]"),
                rejected(RejectReason.WRONG_TYPE, "[".repeat(1_000)),
                rejected(RejectReason.WRONG_TYPE, "\"text\""),
                rejected(RejectReason.WRONG_TYPE, "17"),
                rejected(RejectReason.WRONG_TYPE, "null"),
                // missing id
                rejected(RejectReason.MISSING_ID, "{\"time\":\"2018-04-01T10:00:00Z\"}"),
                rejected(RejectReason.MISSING_ID, "{\"id\":null,\"time\":\"2018-04-01T10:00:00Z\"}"),
                rejected(RejectReason.MISSING_ID, "{\"id\":\"\",\"time\":\"2018-04-01T10:00:00Z\"}"),
                // not finite
                rejected(RejectReason.NOT_FINITE, with("amount", "NaN")),
                rejected(RejectReason.NOT_FINITE, with("amount", "Infinity")),
                rejected(RejectReason.NOT_FINITE, with("amount", "-Infinity")),
                rejected(RejectReason.NOT_FINITE, with("amount", "\"NaN\"")),
                // number as text
                rejected(RejectReason.NUMBER_AS_TEXT, with("amount", "\"12.5\"")),
                rejected(RejectReason.NUMBER_AS_TEXT, with("amount", "\" 12 \"")),
                rejected(RejectReason.NUMBER_AS_TEXT, with("fraud", "\"1\"")),
                // beyond float range
                rejected(RejectReason.BEYOND_FLOAT_RANGE, with("amount", "1e39")),
                rejected(RejectReason.BEYOND_FLOAT_RANGE, with("amount", "-1e400")),
                rejected(RejectReason.BEYOND_FLOAT_RANGE, with("amount", "1" + "0".repeat(40))),
                // time
                rejected(RejectReason.TIME_TOO_FAR_AHEAD, with("time", "\"2018-04-01T13:00:00.001Z\"")),
                rejected(RejectReason.TIME_TOO_FAR_AHEAD, with("time", "\"9999-01-01T00:00:00Z\"")),
                rejected(RejectReason.MISSING_TIME, "{\"id\":1}"),
                rejected(RejectReason.MISSING_TIME, with("time", "null")),
                rejected(RejectReason.MISSING_TIME, with("time", "\"\"")),
                rejected(RejectReason.UNREADABLE_TIME, with("time", "\"yesterday\"")),
                rejected(RejectReason.UNREADABLE_TIME, with("time", "1522576800")),
                rejected(RejectReason.WRONG_TYPE, with("time", "true")),
                // oversized
                rejected(RejectReason.OVERSIZED, with("more", "\"" + "x".repeat(2_000) + "\"")),
                rejected(RejectReason.OVERSIZED, with("customer", "\"" + "x".repeat(257) + "\"")),
                rejected(RejectReason.OVERSIZED, with("id", "\"" + "7".repeat(101) + "\"")),
                rejected(RejectReason.OVERSIZED, with("amount", "1." + "0".repeat(1_500))),
                // too deep
                rejected(RejectReason.TOO_DEEP, with("more", "[".repeat(10) + "]".repeat(10))),
                rejected(RejectReason.TOO_DEEP, "{\"card\":".repeat(200)),
                // binary noise, other encodings
                rejected(RejectReason.MALFORMED, "\u0000\u0001\u0002\u007f"),
                rejected(RejectReason.MALFORMED, "PK\u0003\u0004\u0014\u0000"),
                // the rest
                rejected(RejectReason.EMPTY, ""),
                rejected(RejectReason.EMPTY, " \n\t"),
                rejected(RejectReason.MALFORMED, GOOD + GOOD),
                rejected(RejectReason.MALFORMED, GOOD + " x"),
                rejected(RejectReason.MALFORMED, GOOD + "}"),
                rejected(RejectReason.MALFORMED, "{'id':1}"),
                rejected(RejectReason.MALFORMED, "{\"id\":01}"),
                rejected(RejectReason.MALFORMED, "{\"id\":\"\u0007\"}"),
                rejected(RejectReason.MALFORMED, with("customer", "\"\\ud800\"")),
                rejected(RejectReason.DUPLICATE_FIELD, "{\"id\":1,\"id\":2}"),
                rejected(RejectReason.DUPLICATE_FIELD, with("amount", "1,\"amount\":null")),
                rejected(RejectReason.DUPLICATE_FIELD, with("card", "{\"limit\":1},\"card\":{\"limit\":1}")),
                rejected(RejectReason.LABEL_OUT_OF_RANGE, with("fraud", "2")),
                rejected(RejectReason.LABEL_OUT_OF_RANGE, with("fraud", "0.5")),
                rejected(RejectReason.LABEL_OUT_OF_RANGE, with("fraud", "-1")));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(RejectReason reason, String record) {
        RecordRejectedException rejection = catchThrowableOfType(RecordRejectedException.class, () -> parse(record));

        assertThat(rejection).as(record).isNotNull();
        assertThat(rejection.reason()).as(rejection.detail()).isEqualTo(reason);
        assertThat(rejection.detail()).isNotBlank().hasSizeLessThan(300);
    }

    @Test
    void namesFieldRuleAndValue() {
        assertThatExceptionOfType(RecordRejectedException.class)
                .isThrownBy(() -> parse(with("amount", "\"12.5\"")))
                .withMessage("field 'amount' must be a number without quotes, got '12.5'");
        assertThatExceptionOfType(RecordRejectedException.class)
                .isThrownBy(() -> parse(with("time", "\"2018-04-01T13:00:01Z\"")))
                .withMessage("time 'time' lies PT1H1S beyond the timestamp of the Kafka record, allowed are PT1H");
    }

    @Test
    void rejectsWhatIsNotUtf8() {
        byte[] record = bytes(with("customer", "\"xy\""));
        record[new String(record, StandardCharsets.ISO_8859_1).indexOf("xy")] = (byte) 0xff;

        assertThat(catchThrowableOfType(RecordRejectedException.class, () -> RecordParser.of(LAYOUT, LIMITS)
                                .parseEvent(record, ORIGIN))
                        .reason())
                .isEqualTo(RejectReason.MALFORMED);
    }

    @Test
    void survivesNoiseWithARejection() {
        Random random = new Random(7);
        RecordParser parser = RecordParser.of(LAYOUT, LIMITS);
        for (int i = 0; i < 20_000; i++) {
            byte[] record = bytes(GOOD);
            if (i % 2 == 0) {
                record = new byte[random.nextInt(200)];
                random.nextBytes(record);
            } else {
                for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                    record[random.nextInt(record.length)] = (byte) random.nextInt();
                }
            }
            try {
                parser.parseEvent(record, ORIGIN);
            } catch (RecordRejectedException e) {
                assertThat(e.reason()).isNotEqualTo(RejectReason.PARSER_FAILED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"DOWN\"',0", "'\"UP\"',1"})
    void readsNamedClasses(String written, float index) throws Exception {
        assertThat(RecordParser.of(labels(List.of("DOWN", "UP"), FieldType.STRING), LIMITS)
                        .parseLabel(bytes("{\"id\":5,\"label\":" + written + "}"), ORIGIN))
                .isEqualTo(new LabelRecord(EventId.of(5), KAFKA_TIME, index));
    }

    @Test
    void readsClassesNamedByNumbersWhateverTheirNotation() throws Exception {
        RecordParser parser = RecordParser.of(labels(List.of("1", "2", "3"), FieldType.NUMBER), LIMITS);
        assertThat(parser.parseLabel(bytes("{\"id\":5,\"label\":2}"), ORIGIN).label())
                .isEqualTo(1f);
        assertThat(parser.parseLabel(bytes("{\"id\":5,\"label\":2.0}"), ORIGIN).label())
                .isEqualTo(1f);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "5, true", "2.5, true", "0.9999, false", "5.0001, false", "-3, false"})
    void takesTheLabelsOfARegressionInTheirRangeOnly(String label, boolean taken) throws Exception {
        RecordLayout layout = new RecordLayout(
                new RecordFormat.Json(),
                List.of(field("id", FieldType.ID, "id"), field("label", FieldType.NUMBER, "label")),
                "id",
                null,
                new LabelLayout("label", List.of(), 0, new LabelRange(1, 5, true)),
                null);
        RecordParser parser = RecordParser.of(layout, LIMITS);
        byte[] record = bytes("{\"id\":5,\"label\":" + label + "}");
        if (taken) {
            assertThat(parser.parseLabel(record, ORIGIN).label()).isEqualTo(Float.parseFloat(label));
            assertThat(parser.parseEvent(record, ORIGIN).label()).isEqualTo(Float.parseFloat(label));
        } else {
            assertThatExceptionOfType(RecordRejectedException.class)
                    .isThrownBy(() -> parser.parseLabel(record, ORIGIN))
                    .withMessageContaining("label 'label' must be from 1.0 to 5.0, got '" + label)
                    .extracting(RecordRejectedException::reason)
                    .isEqualTo(RejectReason.LABEL_OUT_OF_RANGE);
            assertThatExceptionOfType(RecordRejectedException.class)
                    .isThrownBy(() -> parser.parseEvent(record, ORIGIN));
        }
    }

    @Test
    void rejectsANegativeWeight() throws Exception {
        RecordLayout layout = new RecordLayout(
                new RecordFormat.Json(), List.of(field("w", FieldType.NUMBER, "w")), null, null, null, "w", null);
        RecordParser parser = RecordParser.of(layout, LIMITS);
        for (String weight : List.of("0", "-0.0", "3.5", "null")) {
            assertThat(parser.parseEvent(bytes("{\"w\":" + weight + "}"), ORIGIN))
                    .isNotNull();
        }
        assertThatExceptionOfType(RecordRejectedException.class)
                .isThrownBy(() -> parser.parseEvent(bytes("{\"w\":-0.5}"), ORIGIN))
                .withMessage("field 'w' must be at least 0 as the weight, got '-0.5'")
                .extracting(RecordRejectedException::reason)
                .isEqualTo(RejectReason.NEGATIVE_WEIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":5}", "{\"id\":5,\"label\":null}", "{\"id\":5,\"label\":\"\"}"})
    void rejectsALabelRecordWithoutLabel(String record) {
        assertThat(catchThrowableOfType(RecordRejectedException.class, () -> RecordParser.of(
                                        labels(List.of("DOWN", "UP"), FieldType.STRING), LIMITS)
                                .parseLabel(bytes(record), ORIGIN))
                        .reason())
                .isEqualTo(RejectReason.MISSING_LABEL);
    }

    @Test
    void takesRowNumberOrPositionAsIdAndKafkaTimestampAsTimeWhereNoneIsDeclared() throws Exception {
        RecordLayout plain = new RecordLayout(
                new RecordFormat.Json(), List.of(field("x", FieldType.NUMBER, "x")), null, null, null, null);
        RecordParser parser = RecordParser.of(plain, LIMITS);

        Event positioned = parser.parseEvent(bytes("{}"), ORIGIN);
        Event numbered = parser.parseEvent(
                bytes("{}"), new RecordOrigin("transactions", 3, 42, KAFKA_TIME, RowNumber.encode(1234)));

        assertThat(positioned.id()).isEqualTo(EventId.of("transactions-3-42"));
        assertThat(positioned.time()).isEqualTo(KAFKA_TIME);
        assertThat(numbered.id()).isEqualTo(EventId.of(1234));
    }

    @Test
    void refusesALayoutThatContradictsItself() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RecordParser.of(
                        new RecordLayout(
                                new RecordFormat.Json(),
                                List.of(field("x", FieldType.NUMBER, "x")),
                                "absent",
                                null,
                                null,
                                null),
                        LIMITS))
                .withMessageContaining("the id field 'absent'");
    }

    private static RecordLayout labels(List<String> classes, FieldType type) {
        return new RecordLayout(
                new RecordFormat.Json(),
                List.of(field("id", FieldType.ID, "id"), field("label", type, "label")),
                "id",
                null,
                new LabelLayout("label", classes, classes.size()),
                null);
    }

    private static FieldLayout field(String name, FieldType type, String... path) {
        return new FieldLayout(name, type, List.of(path), null);
    }

    private static Arguments rejected(RejectReason reason, String record) {
        return Arguments.of(reason, record);
    }

    /** A good record in which one member has another value. */
    private static String with(String member, String value) {
        StringBuilder record = new StringBuilder("{");
        for (String[] pair : new String[][] {
            {"id", "\"t1\""}, {"customer", "17"}, {"amount", "12.5"}, {"time", "\"2018-04-01T10:00:00Z\""}
        }) {
            if (!pair[0].equals(member)) {
                record.append('"').append(pair[0]).append("\":").append(pair[1]).append(',');
            }
        }
        return record.append('"')
                .append(member)
                .append("\":")
                .append(value)
                .append('}')
                .toString();
    }

    private static Event parse(@Nullable String record) throws RecordRejectedException {
        return RecordParser.of(LAYOUT, LIMITS).parseEvent(bytes(record), ORIGIN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
