package dev.millrace.operators.learner;

import dev.millrace.evaluation.alerts.AlertBook;
import dev.millrace.evaluation.alerts.AlertRules;
import dev.millrace.evaluation.alerts.DayBoard;
import dev.millrace.evaluation.alerts.ReasonFinder;
import dev.millrace.events.Alert;
import dev.millrace.events.Example;
import dev.millrace.events.Prediction;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.networks.Engine;
import dev.millrace.networks.IntegratedGradients;
import dev.millrace.operators.state.LiveStates;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Where a shard's scores become alerts: keeps the best cards of each day that is not over, and explains what enters.
 *
 * <p>An event that enters the board, or is alerted at once, is explained right after it was scored, by the weights that scored
 * it ({@link IntegratedGradients}). All others cost a comparison. Of n cards in no special order about k · (1 + ln(n / k))
 * events a day enter a board of k places.
 *
 * <p>State: one {@link AlertBook} per shard with an open day, live between two snapshots; none once all days are over.
 */
final class AlertDesk {

    private final AlertOptions options;
    private final IntegratedGradients explanation;
    private final ReasonFinder reasons;
    private final LiveStates<Integer, AlertBook> books;
    private final Consumer<Alert> output;
    private final LongConsumer schedule;
    private final Counter explainedEvents;
    private final Counter eventsAfterTheirDay;
    private final float[] row;

    /**
     * @param inputNames of the network
     * @param books restored ones keep to the rules in {@code options}
     * @param metrics where the desk counts
     * @param output takes the alerts
     * @param schedule takes the last millisecond of each day that is open: {@link #endOfDay} is due then
     */
    AlertDesk(
            AlertOptions options,
            Engine engine,
            List<String> inputNames,
            LiveStates<Integer, AlertBook> books,
            MetricGroup metrics,
            Consumer<Alert> output,
            LongConsumer schedule) {
        this.options = options;
        this.explanation = new IntegratedGradients(engine);
        this.reasons = new ReasonFinder(options.reasons(), options.featureNames(), inputNames);
        this.books = books;
        this.output = output;
        this.schedule = schedule;
        this.explainedEvents = metrics.counter(OnlineLearnerMetrics.EXPLAINED_EVENTS);
        this.eventsAfterTheirDay = metrics.counter(OnlineLearnerMetrics.EVENTS_AFTER_THEIR_DAY);
        this.row = new float[engine.spec().inputs()];
    }

    /** @param key the current key: that of the example's shard */
    void consider(Integer key, LiveModel model, Example example, Prediction prediction) throws Exception {
        AlertRules rules = options.rules();
        DayBoard day = books.change(key, () -> new AlertBook(rules)).at(example.time());
        if (day == null) {
            eventsAfterTheirDay.inc();
            return;
        }
        Alert alert = alert(day, prediction);
        boolean enters = day.admits(alert);
        boolean atOnce = alert.score() > rules.above() && !day.wasAlertedAtOnce(alert);
        if (!enters && !atOnce) {
            return;
        }
        Alert explained = options.reasons() == 0 ? alert : alert.withReasons(explain(model, example));
        day.put(explained);
        if (atOnce) {
            day.alertAtOnce(explained);
            output.accept(explained.raisedAtOnce());
        }
        schedule.accept(day.last());
    }

    private static Alert alert(DayBoard day, Prediction prediction) {
        return new Alert(
                prediction.model(),
                Alert.Kind.DAILY,
                day.day(),
                day.last(),
                0,
                prediction.reportingId(),
                prediction.id(),
                prediction.time(),
                prediction.shard(),
                prediction.scores()[0],
                prediction.modelVersion(),
                List.of());
    }

    private List<Alert.Reason> explain(LiveModel model, Example example) {
        explainedEvents.inc();
        model.scaler().apply(example.dense(), row, 0);
        return reasons.find(explanation.contributions(model.weights(), row), example.dense());
    }

    /** Puts the best of the day out if {@code time} is the last millisecond of one that is open. */
    void endOfDay(Integer key, long time) throws Exception {
        AlertBook book = books.changeExisting(key);
        if (book == null) {
            return;
        }
        DayBoard day = book.close(time);
        if (day != null) {
            day.highestFirst().forEach(output);
        }
        if (book.isEmpty()) {
            books.remove(key);
        }
    }

    /** Before a snapshot. Leaves another current key than it found. */
    void flush() throws Exception {
        books.flush();
    }
}
