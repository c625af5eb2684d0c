package dev.millrace.operators.tables;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import dev.millrace.features.tables.TableJoin;
import dev.millrace.features.tables.TableLookup;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.MetricGroup;

/**
 * Adds the fields of side tables to events. The tables come with the job, complete before the first event and the same until
 * it ends: the join is stateless and knows no order. Each subtask holds them all.
 */
public final class TableJoiner extends RichMapFunction<Event, Event> {

    private static final long serialVersionUID = 1L;

    /** Group of all metrics. */
    public static final String GROUP = "tables";
    /** Variable that holds the name of the table. */
    public static final String TABLE = "table";
    /** Gauge: events that have no row in the table, for example {@code …operator.tables.table.items.unknownRows}. */
    public static final String UNKNOWN_ROWS = "unknownRows";

    private final EventSchema schema;
    private final List<TableJoin> joins;

    private transient TableLookup lookup;

    /** @param schema of the events that come in */
    @SuppressWarnings("NullAway.Init") // transient fields are built in open
    public TableJoiner(EventSchema schema, List<TableJoin> joins) {
        this.schema = schema;
        this.joins = List.copyOf(joins);
    }

    @Override
    public void open(OpenContext context) {
        TableLookup opened = new TableLookup(schema, joins);
        MetricGroup tables = getRuntimeContext().getMetricGroup().addGroup(GROUP);
        for (int i = 0; i < joins.size(); i++) {
            int table = i;
            tables.addGroup(TABLE, joins.get(i).name()).gauge(UNKNOWN_ROWS, () -> opened.unknownRows(table));
        }
        lookup = opened;
    }

    @Override
    public Event map(Event event) {
        return lookup.join(event);
    }
}
