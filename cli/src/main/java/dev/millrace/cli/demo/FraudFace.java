package dev.millrace.cli.demo;

import static dev.millrace.cli.demo.LiveView.BOLD;
import static dev.millrace.cli.demo.LiveView.DAY;
import static dev.millrace.cli.demo.LiveView.FAINT;
import static dev.millrace.cli.demo.LiveView.PLAIN;
import static dev.millrace.cli.demo.LiveView.measure;
import static dev.millrace.cli.demo.LiveView.quality;
import static dev.millrace.cli.demo.LiveView.row;

import dev.millrace.evaluation.Metric;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The words of the demo of card fraud. */
final class FraudFace implements DemoFace {

    @Override
    public String line(DemoState state) {
        return String.format(
                Locale.ROOT,
                "%s: %,d payments scored, %,.0f/s, %,d labels, %,d pending; ROC AUC %s, average precision %s, log loss %s; "
                        + "%,d cards alerted, %s of them rightly",
                DAY.format(state.simulated()),
                state.scored(),
                state.eventsPerSecond(),
                state.others(),
                state.pendingLabels(),
                measure(state, Metric.ROC_AUC, 3),
                measure(state, Metric.AVERAGE_PRECISION, 3),
                measure(state, Metric.LOG_LOSS, 4),
                state.hits().results(),
                state.hits().share());
    }

    @Override
    public List<String> panel(DemoState state, URI webUi) {
        return List.of(
                BOLD + "Millrace" + PLAIN + "  card fraud, learned from the stream",
                FAINT + "Flink web UI " + webUi + ", Ctrl-C ends the demo and writes the report" + PLAIN,
                "",
                row("simulated time", DAY.format(state.simulated()), ""),
                row(
                        "payments",
                        String.format(Locale.ROOT, "%,d", state.scored()),
                        String.format(
                                Locale.ROOT,
                                "%,.0f/s scored, %,d waiting",
                                state.eventsPerSecond(),
                                Math.max(0, state.events() - state.scored()))),
                row(
                        "labels",
                        String.format(Locale.ROOT, "%,d", state.others()),
                        String.format(Locale.ROOT, "%,d payments wait for theirs", state.pendingLabels())),
                row(
                        "cards alerted",
                        String.format(Locale.ROOT, "%,d", state.hits().results()),
                        state.hits().share() + " had a fraud on that day"),
                "",
                FAINT + "               so far   last 7 days, slice by slice" + PLAIN,
                quality("ROC AUC", state, Metric.ROC_AUC, 3),
                quality("avg. precision", state, Metric.AVERAGE_PRECISION, 3),
                quality("log loss", state, Metric.LOG_LOSS, 4));
    }
}
