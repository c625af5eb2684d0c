package dev.millrace.cli.demo;

import dev.millrace.cli.report.Chart;
import dev.millrace.cli.report.LearningReport;
import dev.millrace.cli.report.LearningReport.Tile;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import java.util.List;
import java.util.Locale;

/** The figures of the demo of recommendation, arranged for its report. */
record RecommendationReport(long seed, DemoState end, List<MetricRow> slices, List<Rate> rates) {

    private static final String FOOTER =
            "Every figure is prequential: before a play was learned, its track was ranked among all that the listener had not"
                    + " played, by the weights and counts of that moment. Popularity, co-occurrence and matrix factorisation ranked"
                    + " the same candidates.";

    String html() {
        return new LearningReport(
                        "What listeners play next, learned from the stream", subtitle(), tiles(), charts(), FOOTER)
                .html();
    }

    private String subtitle() {
        return String.format(
                Locale.ROOT,
                "Simulated listeners (seed %d) whose tastes drift, and a catalogue that grows every day. The network learned"
                        + " from each play, and recommended tracks to whoever came back.",
                seed);
    }

    private List<Tile> tiles() {
        return List.of(
                new Tile("Plays ranked", DemoState.count(end.scored()), end.days(slices) + " simulated days"),
                new Tile("Recall@10", measure(Metric.RECALL_AT_10), "the track was among the first ten"),
                new Tile(
                        "Co-occurrence",
                        measure(Metric.CO_OCCURRENCE_RECALL_AT_10),
                        "recall@10 of counting pairs with the last five"),
                new Tile("Popularity", measure(Metric.POPULARITY_RECALL_AT_10), "recall@10 of the most played"),
                new Tile(
                        "Lists recommended",
                        DemoState.count(end.hits().results()),
                        end.hits().share() + " held what was played next"),
                end.speed("Plays per second"));
    }

    private List<Chart> charts() {
        DailyCharts daily = new DailyCharts(slices, end.windows());
        return List.of(
                daily.quality(
                        "Recall@10",
                        "How often the track played next was among the first ten. Dashed: counting pairs with the last five.",
                        Metric.RECALL_AT_10,
                        3,
                        true,
                        daily.reference(
                                "co-occurrence",
                                window -> DailyCharts.value(window, Metric.CO_OCCURRENCE_RECALL_AT_10))),
                daily.quality(
                        "NDCG@10",
                        "The higher in the list, the better. Dashed: the most played.",
                        Metric.NDCG_AT_10,
                        3,
                        true,
                        daily.reference(
                                "popularity", window -> DailyCharts.value(window, Metric.POPULARITY_NDCG_AT_10))),
                daily.quality(
                        "Novelty@10",
                        "Bits: one more means that tracks in the lists are played half as often.",
                        Metric.NOVELTY_AT_10,
                        2,
                        false),
                daily.counts("Plays", "Plays of each day that were ranked.", "plays"),
                DailyCharts.rates("Ranked plays by seconds of the clock on the wall.", rates));
    }

    private String measure(Metric metric) {
        return LiveView.measure(end, metric, 3);
    }
}
