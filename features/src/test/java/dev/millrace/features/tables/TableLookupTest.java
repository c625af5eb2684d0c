package dev.millrace.features.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.SideTable;
import dev.millrace.events.TableRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableLookupTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(
            new Field("user", FieldType.STRING),
            new Field("item", FieldType.NUMBER),
            new Field("stars", FieldType.NUMBER)));

    private static final List<TableJoin> JOINS = List.of(items(), users());
    private static final EventSchema JOINED = TableLookup.joined(SCHEMA, JOINS);

    @Test
    void anEventGetsTheFieldsOfItsRows() {
        Event event = new TableLookup(SCHEMA, JOINS).join(event("ann", 7));

        assertThat(event.text(JOINED.slot("user"))).isEqualTo("ann");
        assertThat(event.number(JOINED.slot("item"))).isEqualTo(7);
        assertThat(event.number(JOINED.slot("items.year"))).isEqualTo(1995);
        assertThat(event.text(JOINED.slot("items.title"))).isEqualTo("Se7en");
        assertThat(event.number(JOINED.slot("users.age"))).isEqualTo(31);
        assertThat(event.text(JOINED.slot("users.job"))).isNull();
        assertThat(event.label()).isEqualTo(4);
        assertThat(JOINED.declaredFields()).hasSize(7);
    }

    @Test
    void whatHasNoRowLacksTheFieldsAndIsCountedPerTable() {
        TableLookup lookup = new TableLookup(SCHEMA, JOINS);
        Event event = lookup.join(event("bob", Double.NaN));
        lookup.join(event("bob", 7));

        assertThat(event.number(JOINED.slot("items.year"))).isNaN();
        assertThat(event.text(JOINED.slot("items.title"))).isNull();
        assertThat(event.number(JOINED.slot("users.age"))).isNaN();
        assertThat(lookup.unknownRows(0)).isEqualTo(1);
        assertThat(lookup.unknownRows(1)).isEqualTo(2);
    }

    private static Event event(@Nullable String user, double item) {
        return new Event(EventId.of(1), 5, 4, new double[] {item, 3}, new String[] {user});
    }

    private static TableJoin items() {
        SideTable.Packer packer = new SideTable.Packer(
                List.of(new Field("items.title", FieldType.STRING), new Field("items.year", FieldType.NUMBER)));
        packer.add("7", new TableRow(new double[] {1995}, new String[] {"Se7en"}));
        return new TableJoin("items", "item", packer.pack());
    }

    private static TableJoin users() {
        SideTable.Packer packer = new SideTable.Packer(
                List.of(new Field("users.age", FieldType.NUMBER), new Field("users.job", FieldType.ID)));
        packer.add("ann", new TableRow(new double[] {31}, new String[] {null}));
        return new TableJoin("users", "user", packer.pack());
    }
}
