package dev.millrace.operators.router;

import dev.millrace.events.Codecs;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.RoutedEvent;
import dev.millrace.events.RouterInput;
import dev.millrace.events.ShardInput;
import dev.millrace.features.labels.LabelCase;
import dev.millrace.features.labels.LabelRules;
import dev.millrace.features.labels.LabelStep;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import dev.millrace.operators.summary.EndReport;
import dev.millrace.operators.summary.LabelCounts;
import dev.millrace.serializers.CodecSerializer;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Turns label records, which name an event and nothing else, into labels that know their event's time and shard.
 *
 * <p>Keyed by event id. State: one {@link LabelCase} per id, from the first of event and label until {@code keep} after
 * the event; one instant per id at a time. What is decided stands in {@link LabelRules}.
 */
public final class LabelRouter extends OrderedOperator<EventId, RouterInput, ShardInput> implements BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** What each subtask has counted, at the end of a bounded input. */
    public static final OutputTag<EndReport> COUNTS = new OutputTag<>("label-counts", EndReport.TYPE);

    static final ValueStateDescriptor<LabelCase> CASE =
            new ValueStateDescriptor<>("label-case", new CodecSerializer<>(LabelCase.CODEC));
    static final ListStateDescriptor<LabelCounts> COUNTED =
            new ListStateDescriptor<>("label-counts", new CodecSerializer<>(LabelCounts.CODEC));

    private final LabelRules rules;

    private transient ValueState<LabelCase> cases;
    private transient ListState<LabelCounts> counted;
    private transient LabelRouterMetrics metrics;

    /** @param horizon last event time of a bounded input; empty if the input has no end */
    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState
    public LabelRouter(LabelRules rules, Order order, OptionalLong horizon) {
        super(order, Codecs.ROUTER_INPUT, horizon);
        this.rules = rules;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        cases = getPartitionedState(CASE);
        counted = context.getOperatorStateStore().getListState(COUNTED);
        metrics = new LabelRouterMetrics();
        for (LabelCounts saved : counted.get()) {
            metrics.add(saved);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics.register(getMetricGroup());
    }

    @Override
    protected void onRecord(RouterInput input) throws Exception {
        LabelCase known = cases.value();
        LabelStep step;
        if (input instanceof RoutedEvent event) {
            step = rules.onEvent(known, event);
        } else {
            step = rules.onLabel(known, (LabelRecord) input);
        }
        boolean newKind = known == null
                || step.next() == null
                || known.getClass() != step.next().getClass();
        take(known, step, newKind);
    }

    @Override
    protected void onInstant(long time) throws Exception {
        LabelCase known = cases.value();
        if (known != null) {
            take(known, rules.onInstant(known, time), true);
        }
    }

    @Override
    protected void onRemaining(long time) throws Exception {
        LabelCase known = cases.value();
        if (known != null) {
            take(known, rules.onEnd(known), false);
        }
    }

    private void take(@Nullable LabelCase known, LabelStep step, boolean reschedule) throws Exception {
        LabelCase next = step.next();
        if (next == null) {
            cases.clear();
        } else if (next != known) {
            cases.update(next);
        }
        metrics.remember((next == null ? 0 : 1) - (known == null ? 0 : 1));
        metrics.count(step.outcomes());
        if (next != null && reschedule) {
            schedule(rules.nextInstant(next));
        }
        for (ResolvedLabel label : step.resolved()) {
            output.collect(new StreamRecord<>(label, label.time()));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        counted.update(List.of(metrics.snapshot(subtask())));
    }

    @Override
    public void endInput() {
        output.collect(COUNTS, new StreamRecord<>(metrics.snapshot(subtask())));
    }

    private int subtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }
}
