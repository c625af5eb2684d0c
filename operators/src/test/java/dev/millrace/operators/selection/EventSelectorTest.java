package dev.millrace.operators.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.features.selection.Condition;
import dev.millrace.features.selection.Selection;
import dev.millrace.operators.MetricsByName;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.junit.jupiter.api.Test;

class EventSelectorTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(new Field("amount", FieldType.NUMBER)));
    private static final Selection WHERE = new Selection(
            "amount > 0 and stars >= 4",
            List.of(
                    new Condition.OfNumber("amount", Condition.Relation.ABOVE, List.of(0.0)),
                    new Condition.OfNumber("stars", Condition.Relation.AT_LEAST, List.of(4.0))));

    @Test
    void skippedEventsAreCounted() {
        MetricsByName metrics = new MetricsByName();
        EventSelector selector = new EventSelector(SCHEMA, "stars", WHERE);
        selector.setRuntimeContext(new MockStreamingRuntimeContext(1, 0) {
            @Override
            public OperatorMetricGroup getMetricGroup() {
                return metrics;
            }
        });
        selector.open(DefaultOpenContext.INSTANCE);

        assertThat(selector.filter(event(1, 2.5, 4))).isTrue();
        assertThat(selector.filter(event(2, 0, 5))).isFalse();
        assertThat(selector.filter(event(3, Double.NaN, 5))).isFalse();
        assertThat(selector.filter(event(4, 1, 3))).isFalse();
        assertThat(metrics.values()).isEqualTo(Map.of("skippedEvents", 3L));
    }

    private static Event event(int id, double amount, float stars) {
        return new Event(EventId.of(id), id, stars, new double[] {amount}, new String[0]);
    }
}
