package dev.millrace.operators.alerts;

import dev.millrace.evaluation.alerts.AlertBook;
import dev.millrace.evaluation.alerts.AlertRules;
import dev.millrace.evaluation.alerts.DayBoard;
import dev.millrace.events.Alert;
import dev.millrace.events.Codecs;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import dev.millrace.operators.state.LiveStates;
import java.util.OptionalLong;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Merges the alerts of all shards of a model. Those of the day come out once, when the day is over, with their places; those
 * raised at once come out as they come in, the first of each card and day.
 *
 * <p>A day is over when the watermark has passed its last millisecond, which is when every shard has put its own best out. What
 * comes for it later is counted and not put out: an analyst's list of the day does not change. At the end of a bounded input the
 * last day is put out as far as it goes.
 *
 * <p>In the order of arrival the same holds, but which weights scored an event, and which of a card's events came first, depends
 * on arrival.
 *
 * <p>Keyed by the model's name, at parallelism 1. State: one {@link AlertBook} per model, live between two snapshots; boards
 * end with their days, the end of the last closed day stays.
 */
public final class AlertRanker extends OrderedOperator<String, Alert, Alert> {

    private static final long serialVersionUID = 1L;

    private final AlertRules rules;

    private transient LiveStates<String, AlertBook> books;
    private transient AlertRankerMetrics metrics;

    /** @param horizon the learner's */
    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState and open
    public AlertRanker(AlertRules rules, Order order, OptionalLong horizon) {
        super(order, Codecs.ALERT, horizon);
        this.rules = rules;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        books = new LiveStates<>(
                "alert-book",
                this,
                context.getKeyedStateStore(),
                AlertBook.CODEC,
                restored -> restored.adopt(rules),
                Integer.MAX_VALUE);
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new AlertRankerMetrics(getMetricGroup());
    }

    @Override
    protected void onRecord(Alert alert) throws Exception {
        DayBoard day = books.change(currentKey(), () -> new AlertBook(rules)).at(alert.time());
        if (day == null) {
            metrics.lateAlerts.inc();
            return;
        }
        switch (alert.kind()) {
            case DAILY -> day.put(alert);
            case IMMEDIATE -> {
                if (day.alertAtOnce(alert)) {
                    metrics.immediateAlerts.inc();
                    output.collect(new StreamRecord<>(alert, alert.time()));
                }
            }
        }
        schedule(day.last());
    }

    @Override
    protected void onInstant(long time) throws Exception {
        AlertBook book = books.changeExisting(currentKey());
        DayBoard day = book == null ? null : book.close(time);
        if (day != null) {
            for (Alert alert : day.ranked()) {
                metrics.dailyAlerts.inc();
                output.collect(new StreamRecord<>(alert, time));
            }
        }
    }

    /** When the learners put out what they know of the day: not before the end, even where labels go on beyond the day. */
    @Override
    protected void onRemaining(long time) throws Exception {
        onInstant(time);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        books.flush();
        super.snapshotState(context);
    }
}
