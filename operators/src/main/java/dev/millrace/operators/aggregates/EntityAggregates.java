package dev.millrace.operators.aggregates;

import dev.millrace.events.AggregatesInput;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.features.aggregates.EntityAggregator;
import dev.millrace.features.aggregates.EntityLog;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import dev.millrace.operators.state.LiveStates;
import java.util.OptionalLong;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds to each event what the past of one of its entities says: numbers over windows of event time and the last events as a
 * sequence, see {@link EntityAggregator}.
 *
 * <p>Keyed by entity ({@link EntityKeys}). State: one {@link EntityLog} per entity, live between two snapshots, until no window
 * sees its newest event any more; one instant per entity.
 */
public final class EntityAggregates extends OrderedOperator<String, AggregatesInput, Event> {

    private static final long serialVersionUID = 1L;

    private final EntityAggregatesOptions options;
    private final EntityKeys keys;

    private transient EntityAggregator aggregator;
    private transient LiveStates<String, EntityLog> logs;
    private transient EntityAggregatesMetrics metrics;

    /** Nothing that an instant does is put out: without a horizon all logs are simply kept at the end. */
    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState and open
    public EntityAggregates(EntityAggregatesOptions options, Order order) {
        super(order, Codecs.AGGREGATES_INPUT, OptionalLong.empty());
        this.options = options;
        this.keys = new EntityKeys(options);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        aggregator = new EntityAggregator(
                options.schema(), options.features(), options.lateness().toMillis());
        logs = new LiveStates<>(
                "entity-log", this, context.getKeyedStateStore(), EntityLog.CODEC, log -> {}, options.liveEntities());
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new EntityAggregatesMetrics(getMetricGroup());
    }

    @Override
    protected void onRecord(AggregatesInput input) throws Exception {
        if (input instanceof ResolvedLabel label) {
            onLabel(label);
        } else {
            Event event = (Event) input;
            output.collect(new StreamRecord<>(event.withNumbers(numbersOf(event)), event.time()));
        }
    }

    private double[] numbersOf(Event event) throws Exception {
        if (keys.entityOf(event) == null) {
            metrics.eventsWithoutEntity.inc();
            return aggregator.withoutEntity(event);
        }
        EntityLog log = logs.change(currentKey(), aggregator::emptyLog);
        boolean isNew = log.isEmpty();
        if (aggregator.isLate(log, event)) {
            metrics.lateEvents.inc();
        }
        double[] numbers = aggregator.observe(log, event, options.labelled() ? event.label() : Event.NO_LABEL);
        if (isNew) {
            schedule(aggregator.end(log));
        }
        return numbers;
    }

    private void onLabel(ResolvedLabel label) throws Exception {
        EntityLog log = logs.change(currentKey(), aggregator::emptyLog);
        boolean isNew = log.isEmpty();
        if (!aggregator.resolve(log, label)) {
            metrics.forgottenLabels.inc();
        }
        if (log.isEmpty()) {
            logs.remove(currentKey());
        } else if (isNew) {
            schedule(aggregator.end(log));
        }
    }

    @Override
    protected void onInstant(long time) throws Exception {
        EntityLog log = logs.changeExisting(currentKey());
        if (log == null) {
            return;
        }
        metrics.forgottenLabels.inc(aggregator.forget(log, time));
        if (log.isEmpty()) {
            logs.remove(currentKey());
        } else {
            schedule(aggregator.end(log));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        logs.flush();
        super.snapshotState(context);
    }
}
