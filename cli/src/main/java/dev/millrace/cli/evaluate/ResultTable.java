package dev.millrace.cli.evaluate;

import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** An evaluation's result for people: a sentence of counts, a table of measures, the model. */
final class ResultTable {

    private static final List<Metric> COLUMNS = List.of(
            Metric.LOG_LOSS,
            Metric.ROC_AUC,
            Metric.AVERAGE_PRECISION,
            Metric.ACCURACY,
            Metric.RMSE,
            Metric.MAE,
            Metric.R2,
            Metric.EXPECTED_CALIBRATION_ERROR,
            Metric.MEAN_SCORE,
            Metric.BASE_RATE,
            Metric.RECALL_AT_10,
            Metric.NDCG_AT_10,
            Metric.MRR);

    /** Recall and gain of each. */
    private static final List<List<Metric>> BASELINES = List.of(
            List.of(Metric.POPULARITY_RECALL_AT_10, Metric.POPULARITY_NDCG_AT_10),
            List.of(Metric.DECAYED_POPULARITY_RECALL_AT_10, Metric.DECAYED_POPULARITY_NDCG_AT_10),
            List.of(Metric.CO_OCCURRENCE_RECALL_AT_10, Metric.CO_OCCURRENCE_NDCG_AT_10),
            List.of(Metric.FACTORISATION_RECALL_AT_10, Metric.FACTORISATION_NDCG_AT_10));

    /** What else there is to a ranking, a line each. */
    private static final List<Metric> LINES = List.of(
            Metric.RECALL_AT_10_NEW_USERS,
            Metric.RECALL_AT_10_KNOWN_USERS,
            Metric.RECALL_AT_10_NEW_ITEMS,
            Metric.RECALL_AT_10_KNOWN_ITEMS,
            Metric.SAMPLED_HIT_RATE_AT_10,
            Metric.SAMPLED_NDCG_AT_10,
            Metric.COVERAGE_AT_10,
            Metric.NOVELTY_AT_10);

    private final EvaluationResult result;

    ResultTable(EvaluationResult result) {
        this.result = result;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %,d events in %.1f s (%,.0f events/s), %,d labelled, %,d rejected%s%n%n",
                result.pipeline(),
                result.events(),
                result.seconds(),
                result.eventsPerSecond(),
                result.labelled(),
                result.rejected(),
                result.skipped() == 0 ? "" : String.format(Locale.ROOT, ", %,d skipped", result.skipped())));
        appendMeasures(text);
        result.digest()
                .ifPresent(digest -> text.append(String.format(
                        Locale.ROOT,
                        "%nmodel    %,d updates, %,d rows trained, %,d wait in part-full mini-batches; %d shard%s; engine %s%n"
                                + "weights  sha256 %s%n",
                        digest.updates(),
                        digest.trainedRows(),
                        digest.partBatchRows(),
                        digest.shards(),
                        digest.shards() == 1 ? "" : "s",
                        digest.engine(),
                        digest.weightsSha256())));
        for (String rejection : result.rejections()) {
            text.append("rejected ").append(rejection).append(System.lineSeparator());
        }
        return text.toString();
    }

    private void appendMeasures(StringBuilder text) {
        if (result.total().isEmpty()) {
            text.append("No label met the score of its event: nothing to measure.")
                    .append(System.lineSeparator());
            return;
        }
        List<MetricRow> rows = new ArrayList<>();
        List<String[]> cells = new ArrayList<>();
        result.total().ifPresent(rows::add);
        result.since().ifPresent(rows::add);
        result.withAssumed().ifPresent(rows::add);
        List<Metric> columns = COLUMNS.stream()
                .filter(metric ->
                        rows.stream().anyMatch(row -> row.metrics().get(metric).isPresent()))
                .toList();

        List<String> header = new ArrayList<>(List.of("", "labels"));
        columns.forEach(metric -> header.add(name(metric)));
        cells.add(header.toArray(String[]::new));
        result.total().ifPresent(row -> cells.add(cells("real labels", row, columns)));
        result.since()
                .ifPresent(row -> cells.add(cells("from " + Instant.ofEpochMilli(row.sliceStart()), row, columns)));
        result.withAssumed().ifPresent(row -> cells.add(cells("with assumed negatives", row, columns)));
        if (result.noChangeAccuracy().isPresent() && columns.contains(Metric.ACCURACY)) {
            String[] rule = new String[columns.size() + 2];
            Arrays.fill(rule, "");
            rule[0] = "the rule \"as last time\"";
            rule[2 + columns.indexOf(Metric.ACCURACY)] = measure(result.noChangeAccuracy());
            cells.add(rule);
        }
        append(cells, text);
        appendRanking(text);
    }

    /** Model and baselines over the same events, those of {@link EvaluationResult#headline}. */
    private void appendRanking(StringBuilder text) {
        Metrics metrics = result.headline();
        if (metrics.get(Metric.RECALL_AT_10).isEmpty()) {
            return;
        }
        List<String[]> rankers = new ArrayList<>();
        rankers.add(new String[] {"ranked by", name(Metric.RECALL_AT_10), name(Metric.NDCG_AT_10)});
        rankers.add(ranker("model", metrics, Metric.RECALL_AT_10, Metric.NDCG_AT_10));
        for (List<Metric> baseline : BASELINES) {
            if (metrics.get(baseline.get(0)).isPresent()) {
                rankers.add(ranker(name(baseline.get(0)), metrics, baseline.get(0), baseline.get(1)));
            }
        }
        List<String[]> lines = new ArrayList<>();
        for (Metric metric : LINES) {
            if (metrics.get(metric).isPresent()) {
                lines.add(new String[] {name(metric), measure(metrics.get(metric))});
            }
        }
        text.append(System.lineSeparator());
        append(rankers, text);
        text.append(System.lineSeparator());
        append(lines, text);
    }

    private static String[] ranker(String name, Metrics metrics, Metric recall, Metric gain) {
        return new String[] {name, measure(metrics.get(recall)), measure(metrics.get(gain))};
    }

    private static String name(Metric metric) {
        return switch (metric) {
            case LOG_LOSS -> "log loss";
            case ROC_AUC -> "ROC AUC";
            case AVERAGE_PRECISION -> "average precision";
            case ACCURACY -> "accuracy";
            case RMSE -> "RMSE";
            case MAE -> "MAE";
            case R2 -> "R2";
            case EXPECTED_CALIBRATION_ERROR -> "calibration error";
            case MEAN_SCORE -> "mean score";
            case BASE_RATE -> "base rate";
            case MEAN_LABEL -> "mean label";
            case RECALL_AT_10 -> "recall@10";
            case NDCG_AT_10 -> "NDCG@10";
            case MRR -> "MRR";
            case RECALL_AT_10_NEW_USERS -> "recall@10 of new users";
            case RECALL_AT_10_KNOWN_USERS -> "recall@10 of known users";
            case RECALL_AT_10_NEW_ITEMS -> "recall@10 of new items";
            case RECALL_AT_10_KNOWN_ITEMS -> "recall@10 of known items";
            case SAMPLED_HIT_RATE_AT_10 -> "hit rate@10 among 99 sampled";
            case SAMPLED_NDCG_AT_10 -> "NDCG@10 among 99 sampled";
            case COVERAGE_AT_10 -> "coverage@10";
            case NOVELTY_AT_10 -> "novelty@10, bits";
            case POPULARITY_RECALL_AT_10, POPULARITY_NDCG_AT_10 -> "popularity";
            case DECAYED_POPULARITY_RECALL_AT_10, DECAYED_POPULARITY_NDCG_AT_10 -> "decayed popularity";
            case CO_OCCURRENCE_RECALL_AT_10, CO_OCCURRENCE_NDCG_AT_10 -> "co-occurrence";
            case FACTORISATION_RECALL_AT_10, FACTORISATION_NDCG_AT_10 -> "matrix factorisation";
        };
    }

    private static String[] cells(String name, MetricRow row, List<Metric> columns) {
        List<String> cells = new ArrayList<>(List.of(name, String.format(Locale.ROOT, "%,d", row.count())));
        columns.forEach(metric -> cells.add(measure(row.metrics().get(metric))));
        return cells.toArray(String[]::new);
    }

    private static String measure(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.5f", value.getAsDouble());
    }

    /** The first column to the left, the others to the right. */
    private static void append(List<String[]> rows, StringBuilder text) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - row[column].length());
                line.append(column == 0 ? row[column] + padding : "  " + padding + row[column]);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
    }
}
