package dev.millrace.evaluation;

import static dev.millrace.evaluation.Labels.OPTIONS;
import static dev.millrace.evaluation.Labels.assumed;
import static dev.millrace.evaluation.Labels.real;
import static dev.millrace.evaluation.Labels.revised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.ScoredLabel;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardEvaluationTest {

    private final ShardEvaluation evaluation = new ShardEvaluation(OPTIONS, 2);

    @Test
    void aLabelCountsInTheSliceOfItsEventHoweverLateItComes() {
        evaluation.add(real(2, 10, 10, 0.2f, 0));
        evaluation.add(real(2, 99, 350, 0.7f, 1));
        evaluation.add(real(2, 100, 360, 0.7f, 1));
        evaluation.add(real(2, -1, 370, 0.7f, 1));

        List<SliceReport> reports = evaluation.takeChanged(400);

        assertThat(reports).extracting(SliceReport::sliceStart).containsExactly(-100L, 0L, 100L);
        assertThat(reports).extracting(report -> report.real().count()).containsExactly(1L, 2L, 1L);
        assertThat(reports).extracting(SliceReport::sequence).containsExactly(0L, 1L, 2L);
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.shard()).isEqualTo(2);
            assertThat(report.streamTime()).isEqualTo(400);
            assertThat(report.closed()).isFalse();
        });
        assertThat(reports.get(1).modelVersion()).isEqualTo(99);
    }

    @Test
    void aSliceIsReportedAgainOnlyWhenALateLabelChangesIt() {
        evaluation.add(real(2, 10, 10, 0.2f, 0));
        evaluation.add(real(2, 110, 110, 0.2f, 0));
        List<SliceReport> first = evaluation.takeChanged(200);
        Tally reported = first.get(0).real().copy();
        assertThat(evaluation.hasChanges()).isFalse();
        assertThat(evaluation.takeChanged(200)).isEmpty();

        evaluation.add(real(2, 20, 300, 0.4f, 1));

        assertThat(evaluation.hasChanges()).isTrue();
        List<SliceReport> again = evaluation.takeChanged(300);
        assertThat(again).extracting(SliceReport::sliceStart).containsExactly(0L);
        assertThat(again.get(0).real().count()).isEqualTo(2);
        assertThat(first.get(0).real()).as("what was handed out is not changed").isEqualTo(reported);
    }

    @Test
    void assumedNegativesStandApartUntilARealLabelTakesTheirPlace() {
        ScoredLabel guess = assumed(2, 10, 210, 0.6f);
        evaluation.add(real(2, 20, 20, 0.3f, 0));
        evaluation.add(guess);
        SliceReport before = evaluation.takeChanged(250).get(0);
        assertThat(before.real().count()).isEqualTo(1);
        assertThat(before.assumed().count()).isEqualTo(1);
        assertThat(before.assumed().positives()).isZero();
        assertThat(before.fading().count()).isEqualTo(1);

        evaluation.add(revised(guess, 300, 1));

        SliceReport after = evaluation.takeChanged(300).get(0);
        assertThat(after.assumed()).isEqualTo(Tally.of(ScoreKind.PROBABILITY, 2));
        assertThat(after.real().count()).isEqualTo(2);
        assertThat(after.real().positives()).isEqualTo(1);
        assertThat(after.fading().count()).as("its first real label").isEqualTo(2);
    }

    @Test
    void aRevisionLeavesNothingOfTheLabelItReplaces() {
        ScoredLabel first = real(2, 10, 10, 0.6f, 0);
        evaluation.add(first);
        ScoredLabel second = revised(first, 100, 1);
        evaluation.add(second);
        evaluation.add(revised(second, 200, 0));
        ShardEvaluation once = new ShardEvaluation(OPTIONS, 2);
        once.add(first);

        SliceReport report = evaluation.takeChanged(200).get(0);

        assertThat(report.real()).isEqualTo(once.takeChanged(200).get(0).real());
        assertThat(report.fading().count()).as("revisions do not fade anything").isEqualTo(1);
    }

    @Test
    void fadingWeighsEachExampleLessByTheFactorWithEveryOneAfterIt() {
        evaluation.add(real(2, 1, 1, 0.9f, 1));
        evaluation.add(real(2, 2, 2, 0.9f, 0));
        evaluation.add(real(2, 3, 3, 0.1f, 0));

        FadingSums fading = evaluation.takeChanged(3).get(0).fading();

        assertThat(fading.weight()).isCloseTo(1 + 0.9 + 0.81, within(1e-12));
        Metrics metrics = fading.metrics(ScoreKind.PROBABILITY);
        assertThat(metrics.get(Metric.ACCURACY).orElseThrow()).isCloseTo((0.81 + 1) / 2.71, within(1e-12));
        assertThat(metrics.get(Metric.LOG_LOSS).orElseThrow())
                .isCloseTo(-(0.81 * Math.log(0.9) + 0.9 * Math.log(0.1) + Math.log(0.9)) / 2.71, within(1e-6));
        assertThat(metrics.get(Metric.RMSE).orElseThrow())
                .isCloseTo(Math.sqrt((0.81 * 0.01 + 0.9 * 0.81 + 0.01) / 2.71), within(1e-6));
    }

    @Test
    void aSliceIsHandedOutALastTimeAndForgottenWhenNoLabelCanChangeIt() {
        evaluation.add(real(2, 10, 10, 0.2f, 0));
        evaluation.add(real(2, 110, 110, 0.2f, 0));
        evaluation.takeChanged(200);
        assertThat(evaluation.nextClose()).isEqualTo(600);
        assertThat(evaluation.expire(599)).isEmpty();

        List<SliceReport> closed = evaluation.expire(600);

        assertThat(closed).extracting(SliceReport::sliceStart).containsExactly(0L);
        assertThat(closed.get(0).closed()).isTrue();
        assertThat(closed.get(0).real().count()).isEqualTo(1);
        assertThat(evaluation.openSlices()).isEqualTo(1);
        assertThat(evaluation.nextClose()).isEqualTo(700);
        assertThat(evaluation.expire(Long.MAX_VALUE)).hasSize(1);
        assertThat(evaluation.openSlices()).isZero();
        assertThat(evaluation.nextClose()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLabelForAClosedSliceIsCountedAndLeftOut() {
        evaluation.expire(600);

        evaluation.add(real(2, 99, 700, 0.2f, 0));
        evaluation.add(real(2, 100, 700, 0.2f, 0));

        assertThat(evaluation.labelsAfterClose()).isEqualTo(1);
        assertThat(evaluation.takeChanged(700)).hasSize(1);
    }

    @Test
    void timeBeforeTheFirstEventClosesNothing() {
        assertThat(evaluation.expire(Long.MIN_VALUE)).isEmpty();

        evaluation.add(real(2, Integer.MIN_VALUE, 0, 0.2f, 0));

        assertThat(evaluation.openSlices()).isEqualTo(1);
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() throws IOException {
        List<ScoredLabel> labels = Labels.stream(2, 42, 600);
        ShardEvaluation restored = new ShardEvaluation(OPTIONS, 2);
        List<byte[]> expected = new ArrayList<>();
        List<byte[]> actual = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            step(evaluation, labels.get(i), i, expected);
            step(restored, labels.get(i), i, actual);
            byte[] bytes = ShardEvaluation.CODEC.toBytes(evaluation);
            if (i % 37 == 0) {
                restored = ShardEvaluation.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes)));
                assertThat(ShardEvaluation.CODEC.toBytes(restored)).isEqualTo(bytes);
            }
        }

        assertThat(actual)
                .usingElementComparator((a, b) -> java.util.Arrays.compare(a, b))
                .isEqualTo(expected);
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(ShardEvaluation.CODEC.toBytes(restored)).isEqualTo(ShardEvaluation.CODEC.toBytes(evaluation));
    }

    private static void step(ShardEvaluation evaluation, ScoredLabel label, int i, List<byte[]> reports) {
        evaluation.expire(label.time()).forEach(report -> reports.add(SliceReport.CODEC.toBytes(report)));
        evaluation.add(label);
        if (i % 50 == 0) {
            evaluation.takeChanged(label.time()).forEach(report -> reports.add(SliceReport.CODEC.toBytes(report)));
        }
    }

    @Test
    void aReportSurvivesItsBytesAndNamesItselfUniquely() throws IOException {
        evaluation.add(real(2, 10, 10, 0.2f, 0));
        evaluation.add(assumed(2, 110, 310, 0.2f));
        List<SliceReport> reports = evaluation.takeChanged(320);

        for (SliceReport report : reports) {
            byte[] bytes = SliceReport.CODEC.toBytes(report);
            assertThat(SliceReport.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                    .isEqualTo(report);
        }
        assertThat(reports.get(0).id()).isLessThan(reports.get(1).id());
        assertThat(reports.get(0).rank()).isEqualTo(dev.millrace.events.Ordered.RANK_EVENT);
    }

    @Test
    void adoptsOptionsThatDoNotChangeWhatWasCounted() {
        evaluation.add(real(2, 10, 10, 0.2f, 0));
        EvaluationOptions longer = EvaluationOptions.of(
                        "card-fraud", "fraud", ScoreKind.PROBABILITY, 2, OPTIONS.slice(), Duration.ofMillis(900))
                .withAssumedLabels();
        EvaluationOptions otherSlice = EvaluationOptions.of(
                "card-fraud", "fraud", ScoreKind.PROBABILITY, 2, Duration.ofMillis(7), Duration.ZERO);

        assertThatThrownBy(() -> evaluation.adopt(otherSlice)).hasMessageContaining("begin it anew");
        assertThat(longer.continues(OPTIONS))
                .as("as many shard rows are needed")
                .isFalse();
        EvaluationOptions changed = new EvaluationOptions(
                "card-fraud",
                "fraud",
                ScoreKind.PROBABILITY,
                2,
                OPTIONS.slice(),
                Duration.ofMillis(900),
                5,
                0.99,
                null,
                8,
                false);
        evaluation.adopt(changed);
        assertThat(evaluation.nextClose()).isEqualTo(1000);
    }
}
