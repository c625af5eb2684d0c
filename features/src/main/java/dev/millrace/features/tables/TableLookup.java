package dev.millrace.features.tables;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.TableRow;
import dev.millrace.features.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each event the fields of its rows. An event that names no row, or one that the table does not have, lacks the
 * table's fields and is counted. Holds all rows of all tables; a look-up costs one hash of the key. Not thread-safe.
 */
public final class TableLookup {

    private final List<TableJoin> joins;
    private final Category[] keys;
    private final List<Map<String, TableRow>> rows = new ArrayList<>();
    private final TableRow[] gaps;
    private final long[] unknown;
    private final int numbers;
    private final int texts;

    /** @param schema of the events that come, without the fields of the tables */
    public TableLookup(EventSchema schema, List<TableJoin> joins) {
        this.joins = List.copyOf(joins);
        this.keys = joins.stream().map(join -> new Category(schema, join.of())).toArray(Category[]::new);
        this.gaps = joins.stream().map(TableLookup::gap).toArray(TableRow[]::new);
        joins.forEach(join -> rows.add(join.table().unpack()));
        this.unknown = new long[joins.size()];
        this.numbers = Arrays.stream(gaps).mapToInt(gap -> gap.numbers().length).sum();
        this.texts = Arrays.stream(gaps).mapToInt(gap -> gap.texts().length).sum();
    }

    /** The schema of the events that leave: the fields of the tables follow those of the record, table by table. */
    public static EventSchema joined(EventSchema schema, List<TableJoin> joins) {
        List<Field> fields = new ArrayList<>();
        joins.forEach(join -> fields.addAll(join.table().fields()));
        return schema.joined(fields);
    }

    private static TableRow gap(TableJoin join) {
        int numeric = (int) join.table().fields().stream()
                .filter(field -> field.type().isNumeric())
                .count();
        double[] missing = new double[numeric];
        Arrays.fill(missing, Double.NaN);
        return new TableRow(missing, new String[join.table().fields().size() - numeric]);
    }

    public Event join(Event event) {
        double[] moreNumbers = new double[numbers];
        @Nullable String[] moreTexts = new String[texts];
        int number = 0;
        int text = 0;
        for (int table = 0; table < keys.length; table++) {
            TableRow row = rowOf(event, table);
            System.arraycopy(row.numbers(), 0, moreNumbers, number, row.numbers().length);
            System.arraycopy(row.texts(), 0, moreTexts, text, row.texts().length);
            number += row.numbers().length;
            text += row.texts().length;
        }
        return event.joined(moreNumbers, moreTexts);
    }

    private TableRow rowOf(Event event, int table) {
        String key = keys[table].of(event);
        TableRow row = key == null ? null : rows.get(table).get(key);
        if (row == null) {
            unknown[table]++;
            return gaps[table];
        }
        return row;
    }

    /** In the order in which their fields follow. */
    public List<TableJoin> joins() {
        return joins;
    }

    /** Events so far that have no row in the table. */
    public long unknownRows(int table) {
        return unknown[table];
    }
}
