package dev.millrace.operators.aggregates;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of {@link EntityAggregates}, for example {@code …taskmanager.job.task.operator.eventsWithoutEntity}. */
public final class EntityAggregatesMetrics {

    /** Events that name no entity of this kind; they gain missing values. */
    public static final String EVENTS_WITHOUT_ENTITY = "eventsWithoutEntity";
    /** Events that came after a later one of their entity, whose numbers were not computed again. */
    public static final String LATE_EVENTS = "lateEvents";
    /** Labels of events that no window can see any more, or that never came here. */
    public static final String FORGOTTEN_LABELS = "forgottenLabels";

    final Counter eventsWithoutEntity;
    final Counter lateEvents;
    final Counter forgottenLabels;

    EntityAggregatesMetrics(MetricGroup group) {
        eventsWithoutEntity = group.counter(EVENTS_WITHOUT_ENTITY);
        lateEvents = group.counter(LATE_EVENTS);
        forgottenLabels = group.counter(FORGOTTEN_LABELS);
    }
}
