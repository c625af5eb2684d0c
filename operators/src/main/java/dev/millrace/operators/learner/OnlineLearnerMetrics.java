package dev.millrace.operators.learner;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the {@link OnlineLearner}, for example {@code …taskmanager.job.task.operator.scoredRows}. */
public final class OnlineLearnerMetrics {

    /** Events scored. */
    public static final String SCORED_ROWS = "scoredRows";
    /** Rows put into a mini-batch. */
    public static final String LABELLED_ROWS = "labelledRows";
    /** Labels of class 0 that were measured and, by {@code training.negatives}, not learned from. */
    public static final String NEGATIVES_LEFT_OUT = "negativesLeftOut";
    /** Updates applied. */
    public static final String UPDATES = "updates";
    /** Updates given up because they were not finite; the rows of their mini-batch are lost to the model. */
    public static final String REFUSED_UPDATES = "refusedUpdates";
    /** Events with the id of one that is kept: scored, never trained. */
    public static final String REPEATED_EVENTS = "repeatedEvents";
    /** Labels that came before their event. */
    public static final String EARLY_LABELS = "earlyLabels";
    /** Events explained, because they entered the day's board or were alerted at once; only with alerts. */
    public static final String EXPLAINED_EVENTS = "explainedEvents";
    /** Events that came when the alerts of their day were out: scored, never alerted; only with alerts. */
    public static final String EVENTS_AFTER_THEIR_DAY = "eventsAfterTheirDay";
    /** Mean loss of the last mini-batch before its update. */
    public static final String LAST_LOSS = "lastLoss";

    final Counter scoredRows;
    final Counter labelledRows;
    final Counter negativesLeftOut;
    final Counter updates;
    final Counter refusedUpdates;
    final Counter repeatedEvents;
    final Counter earlyLabels;

    OnlineLearnerMetrics(MetricGroup group, Trainer trainer) {
        scoredRows = group.counter(SCORED_ROWS);
        labelledRows = group.counter(LABELLED_ROWS);
        negativesLeftOut = group.counter(NEGATIVES_LEFT_OUT);
        updates = group.counter(UPDATES);
        refusedUpdates = group.counter(REFUSED_UPDATES);
        repeatedEvents = group.counter(REPEATED_EVENTS);
        earlyLabels = group.counter(EARLY_LABELS);
        group.gauge(LAST_LOSS, trainer::lastLoss);
    }
}
