package dev.millrace.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.evaluation.Metrics;
import dev.millrace.evaluation.ModelDigestRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvaluationResultTest {

    private static final MetricRow TOTAL =
            row(MetricScope.TOTAL, 0, 1_000, Map.of(Metric.LOG_LOSS, 0.25, Metric.ROC_AUC, 0.75, Metric.ACCURACY, 0.5));
    private static final MetricRow SINCE =
            row(MetricScope.SINCE, 1_523_404_800_000L, 600, Map.of(Metric.LOG_LOSS, 0.125, Metric.ROC_AUC, 0.875));
    private static final ModelDigestRow DIGEST =
            new ModelDigestRow("example", "example", 1, 31, 992, 8, "abc123", "dl4j", "Haswell");

    @Test
    void jsonHasItsFixedKeysAndNullForWhatIsNotDefined() {
        assertThat(result(Optional.empty()).toJson().replaceAll("\\s+", ""))
                .isEqualTo(
                        "{\"pipeline\":\"example\",\"events\":1000,\"labelled\":1000,\"rejected\":2,\"skipped\":1200,\"seconds\":4.0,"
                                + "\"events_per_second\":250.0,\"metrics\":{\"log_loss\":0.25,\"roc_auc\":0.75,"
                                + "\"average_precision\":null,\"accuracy\":0.5,\"rmse\":null,"
                                + "\"expected_calibration_error\":null,\"mean_score\":null,\"base_rate\":null},\"engine\":\"dl4j\","
                                + "\"weights_sha256\":\"abc123\"}");
    }

    @Test
    void metricsAreThoseOfTheRequestedTimeButCountsOfEverything() {
        assertThat(result(Optional.of(SINCE)).toJson())
                .contains("\"labelled\" : 1000")
                .contains("\"roc_auc\" : 0.875");
    }

    @Test
    void theTableNamesBaselineModelAndReasons() {
        assertThat(result(Optional.of(SINCE)).toText())
                .isEqualToNormalizingNewlines(
                        """
                        example: 1,000 events in 4.0 s (250 events/s), 1,000 labelled, 2 rejected, 1,200 skipped

                                                   labels  log loss  ROC AUC  accuracy
                        real labels                 1,000   0.25000  0.75000   0.50000
                        from 2018-04-11T00:00:00Z     600   0.12500  0.87500         -
                        the rule "as last time"                                0.85000

                        model    31 updates, 992 rows trained, 8 wait in part-full mini-batches; 1 shard; engine dl4j
                        weights  sha256 abc123
                        rejected events: x must be a number
                        """);
    }

    @Test
    void aRankingStandsBesideItsBaselines() {
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.RECALL_AT_10, 0.5);
        metrics.put(Metric.NDCG_AT_10, 0.25);
        metrics.put(Metric.MRR, 0.125);
        metrics.put(Metric.RECALL_AT_10_NEW_USERS, 0.375);
        metrics.put(Metric.NOVELTY_AT_10, 7.5);
        metrics.put(Metric.POPULARITY_RECALL_AT_10, 0.0625);
        metrics.put(Metric.POPULARITY_NDCG_AT_10, 0.03125);
        EvaluationResult result = new EvaluationResult(
                "example",
                1_000,
                0,
                0,
                4,
                Optional.of(row(MetricScope.TOTAL, 0, 1_000, metrics)),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                List.of());

        assertThat(result.toText())
                .isEqualToNormalizingNewlines(
                        """
                        example: 1,000 events in 4.0 s (250 events/s), 1,000 labelled, 0 rejected

                                     labels  recall@10  NDCG@10      MRR
                        real labels   1,000    0.50000  0.25000  0.12500

                        ranked by   recall@10  NDCG@10
                        model         0.50000  0.25000
                        popularity    0.06250  0.03125

                        recall@10 of new users  0.37500
                        novelty@10, bits        7.50000
                        """);
        assertThat(result.toJson())
                .contains("\"rmse\" : null")
                .contains("\"recall_at_10\" : 0.5")
                .contains("\"popularity_ndcg_at_10\" : 0.03125")
                .doesNotContain("coverage_at_10");
    }

    private static EvaluationResult result(Optional<MetricRow> since) {
        return new EvaluationResult(
                "example",
                1_000,
                2,
                1_200,
                4,
                Optional.of(TOTAL),
                since,
                Optional.empty(),
                OptionalDouble.of(0.85),
                Optional.of(DIGEST),
                List.of("events: x must be a number"));
    }

    private static MetricRow row(MetricScope scope, long start, long count, Map<Metric, Double> metrics) {
        return new MetricRow(
                "example",
                "example",
                scope,
                MetricRow.ALL_SHARDS,
                start,
                start + 1,
                MeasuredLabels.REAL,
                count,
                10,
                0,
                new Metrics(metrics),
                31,
                0);
    }
}
