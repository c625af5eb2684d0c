package dev.millrace.operators.alerts;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the {@link AlertRanker}, for example {@code …taskmanager.job.task.operator.dailyAlerts}. */
public final class AlertRankerMetrics {

    /** Alerts put out at the end of their day. */
    public static final String DAILY_ALERTS = "dailyAlerts";
    /** Alerts put out at once. */
    public static final String IMMEDIATE_ALERTS = "immediateAlerts";
    /** Alerts that came when their day was over, because their event was later than allowed: not put out. */
    public static final String LATE_ALERTS = "lateAlerts";

    final Counter dailyAlerts;
    final Counter immediateAlerts;
    final Counter lateAlerts;

    AlertRankerMetrics(MetricGroup group) {
        dailyAlerts = group.counter(DAILY_ALERTS);
        immediateAlerts = group.counter(IMMEDIATE_ALERTS);
        lateAlerts = group.counter(LATE_ALERTS);
    }
}
