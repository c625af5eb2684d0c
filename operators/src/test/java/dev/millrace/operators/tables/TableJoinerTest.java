package dev.millrace.operators.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.SideTable;
import dev.millrace.events.TableRow;
import dev.millrace.features.tables.TableJoin;
import dev.millrace.operators.MetricsByName;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TableJoinerTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(new Field("item", FieldType.ID)));

    /** As a job sends it to its task managers. */
    @Test
    void travelsWithItsTablesAndCountsWhatTheyDoNotKnow() throws Exception {
        SideTable.Packer packer = new SideTable.Packer(List.of(new Field("items.year", FieldType.NUMBER)));
        packer.add("7", new TableRow(new double[] {1995}, new String[0]));
        TableJoiner joiner = InstantiationUtil.clone(
                new TableJoiner(SCHEMA, List.of(new TableJoin("items", "item", packer.pack()))));
        MetricsByName metrics = new MetricsByName();
        joiner.setRuntimeContext(new MockStreamingRuntimeContext(1, 0) {
            @Override
            public OperatorMetricGroup getMetricGroup() {
                return metrics;
            }
        });
        joiner.open(DefaultOpenContext.INSTANCE);

        assertThat(joiner.map(event("7")).number(0)).isEqualTo(1995);
        assertThat(joiner.map(event("8")).number(0)).isNaN();
        assertThat(joiner.map(event(null)).number(0)).isNaN();
        assertThat(metrics.values()).isEqualTo(Map.of("tables.table.items.unknownRows", 2L));
    }

    private static Event event(String item) {
        return new Event(EventId.of(1), 0, Event.NO_LABEL, new double[0], new String[] {item});
    }
}
