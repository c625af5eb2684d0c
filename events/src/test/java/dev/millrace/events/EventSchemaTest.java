package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSchemaTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(
            new Field("card", FieldType.ID),
            new Field("amount", FieldType.NUMBER),
            new Field("time", FieldType.TIMESTAMP),
            new Field("note", FieldType.STRING),
            new Field("online", FieldType.BOOLEAN)));

    @Test
    void numbersAndTextsHaveSlotsOfTheirOwnInTheOrderOfDeclaration() {
        assertThat(SCHEMA.numberCount()).isEqualTo(3);
        assertThat(SCHEMA.textCount()).isEqualTo(2);
        assertThat(List.of("amount", "time", "online")).map(SCHEMA::slot).containsExactly(0, 1, 2);
        assertThat(List.of("card", "note")).map(SCHEMA::slot).containsExactly(0, 1);
        assertThat(SCHEMA.fields()).extracting(Field::name).containsExactly("card", "amount", "time", "note", "online");
        assertThat(SCHEMA.type("time")).isEqualTo(FieldType.TIMESTAMP);
    }

    @Test
    void anEventIsReadThroughTheSlots() {
        Event event = new Event(EventId.of(1), 0, Event.NO_LABEL, new double[] {9.5, 0, 1}, new String[] {"c", null});
        assertThat(event.number(SCHEMA.slot("amount"))).isEqualTo(9.5);
        assertThat(event.text(SCHEMA.slot("card"))).isEqualTo("c");
        assertThat(event.text(SCHEMA.slot("note"))).isNull();
        assertThat(event.hasLabel()).isFalse();
    }

    @Test
    void anUnknownFieldIsNamedBesideTheKnownOnes() {
        assertThat(SCHEMA.has("amount")).isTrue();
        assertThat(SCHEMA.has("amuont")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.slot("amuont"))
                .withMessageContaining("'amuont'")
                .withMessageContaining("amount");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.type("amuont"))
                .withMessageContaining("'amuont'");
    }

    @Test
    void aFieldIsDeclaredOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EventSchema(List.of(new Field("a", FieldType.ID), new Field("a", FieldType.NUMBER))))
                .withMessageContaining("'a' is declared twice");
    }

    @Test
    void theLabelOfARecordIsNoFieldOfTheEvent() {
        RecordLayout layout = new RecordLayout(
                new RecordFormat.Json(),
                List.of(
                        new FieldLayout("fraud", FieldType.NUMBER, List.of("fraud"), null),
                        new FieldLayout("amount", FieldType.NUMBER, List.of("amount"), null)),
                null,
                null,
                new LabelLayout("fraud", List.of(), 2),
                null);
        assertThat(layout.schema().has("fraud")).isFalse();
        assertThat(layout.schema().slot("amount")).isZero();
    }

    @Test
    void numbersAddedOnTheWayHaveTheSlotsAfterThoseOfTheRecord() {
        EventSchema more =
                SCHEMA.with(List.of(new Field("count", FieldType.NUMBER), new Field("new", FieldType.BOOLEAN)));
        Event event = new Event(EventId.of(1), 0, 1, new double[] {9.5, 0, 1}, new String[] {"c", null})
                .withNumbers(new double[] {4, 1});
        assertThat(event.number(more.slot("amount"))).isEqualTo(9.5);
        assertThat(event.number(more.slot("count"))).isEqualTo(4);
        assertThat(event.number(more.slot("new"))).isEqualTo(1);
        assertThat(event.text(more.slot("card"))).isEqualTo("c");
        assertThat(event.label()).isEqualTo(1);
        assertThat(more.with(List.of(new Field("sum", FieldType.NUMBER))).declaredFields())
                .isEqualTo(SCHEMA.fields());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.with(List.of(new Field("text", FieldType.STRING))))
                .withMessageContaining("'text'");
    }

    @Test
    void fieldsOfSideTablesComeBetweenThoseOfTheRecordAndAddedNumbers() {
        EventSchema joined = SCHEMA.joined(
                List.of(new Field("items.title", FieldType.STRING), new Field("items.year", FieldType.NUMBER)));
        EventSchema more = joined.with(List.of(new Field("count", FieldType.NUMBER)));
        Event event = new Event(EventId.of(1), 0, 1, new double[] {9.5, 0, 1}, new String[] {"c", null})
                .joined(new double[] {1995}, new String[] {"Se7en"})
                .withNumbers(new double[] {4});
        assertThat(event.number(more.slot("amount"))).isEqualTo(9.5);
        assertThat(event.number(more.slot("items.year"))).isEqualTo(1995);
        assertThat(event.number(more.slot("count"))).isEqualTo(4);
        assertThat(event.text(more.slot("card"))).isEqualTo("c");
        assertThat(event.text(more.slot("items.title"))).isEqualTo("Se7en");
        assertThat(more.declaredFields()).isEqualTo(joined.fields());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> more.joined(List.of(new Field("users.age", FieldType.NUMBER))))
                .withMessageContaining("before added numbers");
    }

    @Test
    void keepsItsSlotsThroughJavaSerialisation() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(SCHEMA);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            EventSchema read = (EventSchema) input.readObject();
            assertThat(read.slot("online")).isEqualTo(2);
            assertThat(read.fields()).isEqualTo(SCHEMA.fields());
        }
    }
}
