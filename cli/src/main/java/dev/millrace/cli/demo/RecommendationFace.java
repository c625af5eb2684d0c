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

/** The words of the demo of recommendation. */
final class RecommendationFace implements DemoFace {

    @Override
    public String line(DemoState state) {
        return String.format(
                Locale.ROOT,
                "%s: %,d plays ranked, %,.0f/s; recall@10 %s, popularity %s, co-occurrence %s; %,d lists recommended, %s of "
                        + "them with the next play",
                DAY.format(state.simulated()),
                state.scored(),
                state.eventsPerSecond(),
                measure(state, Metric.RECALL_AT_10, 3),
                measure(state, Metric.POPULARITY_RECALL_AT_10, 3),
                measure(state, Metric.CO_OCCURRENCE_RECALL_AT_10, 3),
                state.hits().results(),
                state.hits().share());
    }

    @Override
    public List<String> panel(DemoState state, URI webUi) {
        return List.of(
                BOLD + "Millrace" + PLAIN + "  what listeners play next, learned from the stream",
                FAINT + "Flink web UI " + webUi + ", Ctrl-C ends the demo and writes the report" + PLAIN,
                "",
                row("simulated time", DAY.format(state.simulated()), ""),
                row(
                        "plays",
                        String.format(Locale.ROOT, "%,d", state.scored()),
                        String.format(
                                Locale.ROOT,
                                "%,.0f/s ranked, %,d waiting",
                                state.eventsPerSecond(),
                                Math.max(0, state.events() - state.scored()))),
                row(
                        "lists of ten",
                        String.format(Locale.ROOT, "%,d", state.hits().results()),
                        state.hits().share() + " held what was played next"),
                "",
                FAINT + "               so far   last 7 days, slice by slice" + PLAIN,
                quality("recall@10", state, Metric.RECALL_AT_10, 3),
                quality("co-occurrence", state, Metric.CO_OCCURRENCE_RECALL_AT_10, 3),
                quality("popularity", state, Metric.POPULARITY_RECALL_AT_10, 3),
                quality("NDCG@10", state, Metric.NDCG_AT_10, 3));
    }
}
