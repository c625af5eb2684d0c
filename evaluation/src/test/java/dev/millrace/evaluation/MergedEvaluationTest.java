package dev.millrace.evaluation;

import static dev.millrace.evaluation.Labels.OPTIONS;
import static dev.millrace.evaluation.Labels.assumed;
import static dev.millrace.evaluation.Labels.real;
import static dev.millrace.evaluation.Labels.revised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.events.LabelKind;
import dev.millrace.events.ScoredLabel;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergedEvaluationTest {

    private final MergedEvaluation merged = new MergedEvaluation(OPTIONS);
    private final ShardEvaluation first = new ShardEvaluation(OPTIONS, 0);
    private final ShardEvaluation second = new ShardEvaluation(OPTIONS, 1);

    @Test
    void combinesTheShardsOfASliceAndReportsEachOfThem() {
        first.add(real(0, 10, 10, 0.2f, 0));
        first.add(real(0, 120, 120, 0.8f, 1));
        second.add(real(1, 20, 20, 0.9f, 1));
        reportAll(200);

        List<MetricRow> rows = onReal(merged.takeChanged());

        assertThat(rows)
                .extracting(MetricRow::scope)
                .containsExactly(
                        MetricScope.SLICE,
                        MetricScope.SLICE,
                        MetricScope.SLIDING,
                        MetricScope.SLIDING,
                        MetricScope.FADING,
                        MetricScope.TOTAL,
                        MetricScope.SHARD,
                        MetricScope.SHARD);
        assertThat(rows).extracting(MetricRow::count).containsExactly(2L, 1L, 2L, 3L, 3L, 3L, 2L, 1L);
        assertThat(rows).extracting(MetricRow::sliceStart).containsExactly(0L, 100L, -200L, -100L, 0L, 0L, 0L, 0L);
        assertThat(rows)
                .extracting(MetricRow::sliceEnd)
                .containsExactly(100L, 200L, 100L, 200L, 200L, 200L, 200L, 100L);
        assertThat(rows).extracting(MetricRow::shard).containsExactly(-1, -1, -1, -1, -1, -1, 0, 1);
        assertThat(rows).extracting(MetricRow::time).containsOnly(200L);
        assertThat(rows.get(0).metrics().get(Metric.ROC_AUC)).hasValue(1);
        assertThat(rows.get(5).modelVersion()).isEqualTo(120);
        assertThat(merged.takeChanged()).isEmpty();
    }

    @Test
    void aNewReportReplacesTheOneBeforeInEverySum() {
        ScoredLabel guess = assumed(0, 10, 210, 0.6f);
        first.add(guess);
        reportAll(250);
        List<MetricRow> before = merged.takeChanged();
        assertThat(total(before, MeasuredLabels.REAL).count()).isZero();
        assertThat(total(before, MeasuredLabels.REAL).metrics()).isEqualTo(Metrics.NONE);
        assertThat(total(before, MeasuredLabels.ALL).count()).isEqualTo(1);

        first.add(revised(guess, 300, 1));
        reportAll(300);
        List<MetricRow> after = merged.takeChanged();

        for (MetricRow row : after) {
            assertThat(row.count()).as(row.key()).isEqualTo(1);
        }
        assertThat(total(after, MeasuredLabels.ALL).positives()).isEqualTo(1);
    }

    @Test
    void onlyChangedSlicesAndTheWindowsAroundThemAreRepeated() {
        for (long time = 0; time < 800; time += 100) {
            first.add(real(0, time, time, 0.2f, 0));
        }
        reportAll(800);
        merged.takeChanged();

        first.add(real(0, 350, 850, 0.9f, 1));
        reportAll(850);

        List<MetricRow> rows = onReal(merged.takeChanged());
        assertThat(starts(rows, MetricScope.SLICE)).containsExactly(300L);
        assertThat(starts(rows, MetricScope.SLIDING)).containsExactly(100L, 200L, 300L);
        assertThat(rows)
                .filteredOn(row -> row.scope() == MetricScope.SLIDING)
                .extracting(MetricRow::count)
                .containsOnly(4L);
    }

    @Test
    void aStartOfTheReportLeavesEarlierSlicesOutOfItsTotal() {
        MergedEvaluation since = new MergedEvaluation(OPTIONS.withReportFrom(Instant.ofEpochMilli(150)));
        first.add(real(0, 160, 160, 0.2f, 0));
        first.takeChanged(170).forEach(since::accept);
        assertThat(since.summary()).extracting(MetricRow::scope).doesNotContain(MetricScope.SINCE);
        first.add(real(0, 200, 200, 0.2f, 0));
        first.takeChanged(210).forEach(since::accept);

        MetricRow row = since.summary().stream()
                .filter(each -> each.scope() == MetricScope.SINCE)
                .findFirst()
                .orElseThrow();
        assertThat(row.count()).isEqualTo(1);
        assertThat(row.sliceStart()).isEqualTo(200);
    }

    @Test
    void closedSlicesStayInTheTotalsAndNowhereElse() {
        for (long time = 0; time < 5000; time += 10) {
            first.expire(time).forEach(merged::accept);
            second.expire(time).forEach(merged::accept);
            first.add(real(0, time, time, 0.2f, 0));
            second.add(real(1, time, time, 0.7f, 1));
            reportAll(time);
            merged.takeChanged();
            assertThat(merged.openReports()).isLessThanOrEqualTo(2 * 6);
            assertThat(merged.heldSlices()).isLessThanOrEqualTo(6 + OPTIONS.slidingSlices());
        }
        first.expire(Long.MAX_VALUE).forEach(merged::accept);
        second.expire(Long.MAX_VALUE).forEach(merged::accept);
        List<MetricRow> rows = merged.takeChanged();

        assertThat(merged.openReports()).isZero();
        assertThat(merged.heldSlices()).isLessThanOrEqualTo(1 + OPTIONS.slidingSlices());
        assertThat(total(rows, MeasuredLabels.REAL).count()).isEqualTo(1000);
        assertThat(total(rows, MeasuredLabels.REAL).positives()).isEqualTo(500);
        assertThat(total(rows, MeasuredLabels.REAL).sliceEnd()).isEqualTo(5000);
    }

    @Test
    void theTotalsAreThoseOfAllLabelsThatHoldToTheLastBit() {
        List<ScoredLabel> labels = new ArrayList<>(Labels.stream(0, 1, 900));
        labels.addAll(Labels.stream(1, 2, 900));
        labels.sort(Comparator.comparingLong(ScoredLabel::time));
        run(merged, labels, 40);

        Tally expected = Tally.of(ScoreKind.PROBABILITY, 2);
        Tally expectedReal = Tally.of(ScoreKind.PROBABILITY, 2);
        for (ScoredLabel label : labels) {
            if (label.replacesLabel()) {
                expected.retract(label.scores(), label.replaced());
                if (label.replacedKind() != LabelKind.ASSUMED) {
                    expectedReal.retract(label.scores(), label.replaced());
                }
            }
            expected.add(label.scores(), label.label());
            if (label.kind() != LabelKind.ASSUMED) {
                expectedReal.add(label.scores(), label.label());
            }
        }
        List<MetricRow> rows = merged.summary();
        assertThat(total(rows, MeasuredLabels.ALL).metrics()).isEqualTo(expected.metrics());
        assertThat(total(rows, MeasuredLabels.REAL).metrics()).isEqualTo(expectedReal.metrics());
        assertThat(total(rows, MeasuredLabels.REAL).count()).isEqualTo(expectedReal.count());
    }

    @Test
    void theSummaryDependsNeitherOnWhenSlicesAreReportedNorOnWhoseReportsComeFirst() {
        List<ScoredLabel> labels = new ArrayList<>(Labels.stream(0, 3, 700));
        labels.addAll(Labels.stream(1, 4, 700));
        labels.sort(Comparator.comparingLong(ScoredLabel::time));
        run(merged, labels, 1);
        MergedEvaluation seldom = new MergedEvaluation(OPTIONS);
        run(seldom, labels, 500);

        List<SliceReport> reports = reports(labels, 60);
        Collections.shuffle(reports, new Random(5));
        reports.sort(Comparator.comparingInt(SliceReport::shard).reversed().thenComparing(SliceReport::sequence));
        MergedEvaluation oneAfterTheOther = new MergedEvaluation(OPTIONS);
        reports.forEach(oneAfterTheOther::accept);

        assertThat(seldom.summary()).isEqualTo(merged.summary());
        assertThat(oneAfterTheOther.summary()).isEqualTo(merged.summary());
    }

    @Test
    void aRepeatedReportChangesNothing() {
        first.add(real(0, 10, 10, 0.2f, 0));
        List<SliceReport> once = first.takeChanged(20);
        List<SliceReport> closed = first.expire(600);
        once.forEach(merged::accept);
        closed.forEach(merged::accept);
        merged.takeChanged();

        once.forEach(merged::accept);
        closed.forEach(merged::accept);

        assertThat(merged.takeChanged()).isEmpty();
        assertThat(merged.openReports()).isZero();
        assertThat(total(merged.summary(), MeasuredLabels.REAL).count()).isEqualTo(1);
    }

    @Test
    void shardsBeyondTheCapCountInTheTotalOnly() {
        ShardEvaluation ninth = new ShardEvaluation(OPTIONS, 8);
        first.add(real(0, 10, 10, 0.2f, 0));
        ninth.add(real(8, 10, 10, 0.2f, 0));
        first.takeChanged(20).forEach(merged::accept);
        ninth.takeChanged(20).forEach(merged::accept);

        List<MetricRow> rows = onReal(merged.summary());

        assertThat(total(rows, MeasuredLabels.REAL).count()).isEqualTo(2);
        assertThat(rows)
                .filteredOn(row -> row.scope() == MetricScope.SHARD)
                .extracting(MetricRow::shard)
                .containsExactly(0);
    }

    @Test
    void withoutAssumedLabelsThereAreNoRowsThatIncludeThem() {
        EvaluationOptions options = EvaluationOptions.of(
                "card-fraud", "fraud", ScoreKind.PROBABILITY, 2, Duration.ofMillis(100), Duration.ZERO);
        MergedEvaluation evaluation = new MergedEvaluation(options);
        first.add(real(0, 10, 10, 0.2f, 0));
        first.takeChanged(20).forEach(evaluation::accept);

        assertThat(evaluation.takeChanged()).extracting(MetricRow::labels).containsOnly(MeasuredLabels.REAL);
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() throws IOException {
        List<ScoredLabel> labels = new ArrayList<>(Labels.stream(0, 6, 500));
        labels.addAll(Labels.stream(1, 7, 500));
        labels.sort(Comparator.comparingLong(ScoredLabel::time));
        EvaluationOptions options = OPTIONS.withReportFrom(Instant.ofEpochMilli(200));
        MergedEvaluation through = new MergedEvaluation(options);
        MergedEvaluation restored = new MergedEvaluation(options);
        int i = 0;
        for (SliceReport report : reports(labels, 30)) {
            through.accept(report);
            restored.accept(report);
            byte[] bytes = MergedEvaluation.CODEC.toBytes(through);
            restored = MergedEvaluation.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            assertThat(MergedEvaluation.CODEC.toBytes(restored)).isEqualTo(bytes);
            if (i++ % 5 == 0) {
                assertThat(restored.takeChanged()).isNotEmpty().isEqualTo(through.takeChanged());
            }
        }
        assertThat(i).isGreaterThan(30);
        assertThat(restored.summary()).isEqualTo(through.summary());
    }

    @Test
    void refusesReportsOfSomethingElse() {
        EvaluationOptions other = EvaluationOptions.of(
                "card-fraud", "fraud", ScoreKind.PROBABILITY, 2, Duration.ofMillis(50), Duration.ZERO);
        ShardEvaluation shard = new ShardEvaluation(other, 0);
        shard.add(real(0, 10, 10, 0.2f, 0));

        assertThatThrownBy(() -> shard.takeChanged(20).forEach(merged::accept))
                .hasMessageContaining("in slices of 50 ms");
        assertThatThrownBy(() -> merged.adopt(other)).hasMessageContaining("begin it anew");
    }

    private void reportAll(long time) {
        first.takeChanged(time).forEach(merged::accept);
        second.takeChanged(time).forEach(merged::accept);
    }

    private static void run(MergedEvaluation merged, List<ScoredLabel> labels, int every) {
        reports(labels, every).forEach(merged::accept);
    }

    /** What two shards report when asked every so many labels, and at the end. */
    private static List<SliceReport> reports(List<ScoredLabel> labels, int every) {
        ShardEvaluation[] shards = {new ShardEvaluation(OPTIONS, 0), new ShardEvaluation(OPTIONS, 1)};
        List<SliceReport> reports = new ArrayList<>();
        long end = labels.get(labels.size() - 1).time();
        for (int i = 0; i < labels.size(); i++) {
            ScoredLabel label = labels.get(i);
            for (ShardEvaluation shard : shards) {
                reports.addAll(shard.expire(label.time()));
            }
            shards[label.shard()].add(label);
            if (i % every == 0) {
                for (ShardEvaluation shard : shards) {
                    reports.addAll(shard.takeChanged(label.time()));
                }
            }
        }
        for (ShardEvaluation shard : shards) {
            reports.addAll(shard.takeChanged(end));
        }
        return reports;
    }

    private static List<MetricRow> onReal(List<MetricRow> rows) {
        return rows.stream().filter(row -> row.labels() == MeasuredLabels.REAL).toList();
    }

    private static MetricRow total(List<MetricRow> rows, MeasuredLabels labels) {
        return rows.stream()
                .filter(row -> row.scope() == MetricScope.TOTAL && row.labels() == labels)
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> starts(List<MetricRow> rows, MetricScope scope) {
        return rows.stream()
                .filter(row -> row.scope() == scope)
                .map(MetricRow::sliceStart)
                .toList();
    }
}
