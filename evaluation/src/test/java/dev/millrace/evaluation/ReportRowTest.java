package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportRowTest {

    private static final ModelDigestRow DIGEST =
            new ModelDigestRow("card-fraud", "fraud", 4, 1125, 288_000, 62, "00ff", "dl4j", "Haswell");

    @Test
    void aMetricRowIsWrittenWithItsKeysInAFixedOrder() {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.ROC_AUC, 0.75);
        values.put(Metric.LOG_LOSS, 0.1);
        MetricRow row = row(MetricScope.SLICE, 3, new Metrics(values));

        assertThat(row.toJson())
                .isEqualTo("{\"schema\":1,\"kind\":\"metrics\",\"pipeline\":\"card-fraud\",\"model\":\"fraud\","
                        + "\"scope\":\"slice\",\"shard\":-1,\"slice_start\":1522540800000,"
                        + "\"slice_end\":1522627200000,\"slice_start_iso\":\"2018-04-01T00:00:00Z\","
                        + "\"slice_end_iso\":\"2018-04-02T00:00:00Z\",\"labels\":\"real\",\"count\":10,"
                        + "\"positives\":3,\"invalid\":1,\"model_version\":77,\"time\":1523145600000,"
                        + "\"metrics\":{\"log_loss\":0.1,\"roc_auc\":0.75}}");
        assertThat(row.key()).isEqualTo("card-fraud/fraud/metrics/real/slice/1522540800000");
    }

    @Test
    void aDigestIsWrittenWithItsKeysInAFixedOrder() {
        assertThat(DIGEST.toJson())
                .isEqualTo("{\"schema\":1,\"kind\":\"model-digest\",\"pipeline\":\"card-fraud\",\"model\":\"fraud\","
                        + "\"shards\":4,\"updates\":1125,\"trained_rows\":288000,\"part_batch_rows\":62,"
                        + "\"weights_sha256\":\"00ff\",\"engine\":\"dl4j\",\"kernel\":\"Haswell\"}");
    }

    @ParameterizedTest
    @EnumSource(MetricScope.class)
    void everyRowSurvivesItsJsonAndItsBytes(MetricScope scope) throws IOException {
        Metrics metrics = BruteForce.tally(new float[] {0.1f, 0.7f, 0.3f}, new float[] {0, 1, 1})
                .metrics();
        for (ReportRow row : new ReportRow[] {row(scope, 3, metrics), row(scope, -1, Metrics.NONE), DIGEST}) {
            assertThat(ReportRow.fromJson(row.toJson())).contains(row);
            byte[] bytes = ReportRow.CODEC.toBytes(row);
            assertThat(ReportRow.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                    .isEqualTo(row);
        }
    }

    @Test
    void whatOnlyANewerReleaseKnowsIsSkipped() {
        assertThat(ReportRow.fromJson("{\"schema\":1,\"kind\":\"drift\"}")).isEmpty();
        assertThat(ReportRow.fromJson("{\"schema\":2,\"kind\":\"metrics\"}")).isEmpty();
        String more = row(MetricScope.TOTAL, 3, Metrics.NONE)
                .toJson()
                .replace("\"metrics\":{", "\"new_key\":[1],\"metrics\":{\"new_metric\":1,\"rmse\":0.5");

        assertThat(ReportRow.fromJson(more).map(row -> ((MetricRow) row).metrics()))
                .contains(new Metrics(Map.of(Metric.RMSE, 0.5)));
    }

    @Test
    void whatIsNoRowIsAnErrorThatNamesTheKey() {
        assertThatThrownBy(() -> ReportRow.fromJson("{")).hasMessageContaining("must be JSON");
        assertThatThrownBy(() -> ReportRow.fromJson("[]")).hasMessageContaining("key schema");
        assertThatThrownBy(() -> ReportRow.fromJson(DIGEST.toJson().replace("1125", "\"many\"")))
                .hasMessageContaining("key updates of a row on the metrics topic must be an integer");
        String row = row(MetricScope.TOTAL, 3, Metrics.NONE).toJson();
        assertThatThrownBy(() -> ReportRow.fromJson(row.replace("total", "half")))
                .hasMessageContaining("unknown value half");
    }

    @Test
    void metricsAreFiniteOrAbsent() {
        assertThatThrownBy(() -> new Metrics(Map.of(Metric.RMSE, Double.NaN))).hasMessageContaining("rmse");
        assertThat(new Metrics.Builder()
                        .with(Metric.RMSE, Double.NaN)
                        .with(Metric.MAE, Double.POSITIVE_INFINITY)
                        .build())
                .isEqualTo(Metrics.NONE);
        assertThat(Metrics.NONE.get(Metric.RMSE)).isEmpty();
    }

    private static MetricRow row(MetricScope scope, long positives, Metrics metrics) {
        return new MetricRow(
                "card-fraud",
                "fraud",
                scope,
                MetricRow.ALL_SHARDS,
                1_522_540_800_000L,
                1_522_627_200_000L,
                MeasuredLabels.REAL,
                10,
                positives,
                1,
                metrics,
                77,
                1_523_145_600_000L);
    }
}
