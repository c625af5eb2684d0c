package dev.millrace.operators.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.LabelCountsRow;
import dev.millrace.evaluation.ModelDigestRow;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.features.labels.LabelOutcome;
import dev.millrace.modelstate.RowsDigest;
import dev.millrace.modelstate.ShardProgress;
import dev.millrace.serializers.CodecSerializer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    @Test
    void theDigestIsThatOfAllParametersAsBigEndianFloatsInTheOrderOfShards() throws Exception {
        // 1.0, -2.0, 0.5 of shard 0, then NaN and the smallest float of shard 1.
        byte[] bytes = HexFormat.of().parseHex("3f800000c00000003f0000007fc0000000000001");
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        List<EndReport> reports = new ArrayList<>(
                List.of(model(0, 7, 70, 3, 1f, -2f, 0.5f), model(1, 5, 50, 2, Float.NaN, Float.MIN_VALUE)));
        for (int seed = 0; seed < 4; seed++) {
            Collections.shuffle(reports, new Random(seed));
            assertThat(rows(reports))
                    .singleElement()
                    .isEqualTo(new ModelDigestRow("pipeline", "model", 2, 12, 120, 5, expected, "dl4j", "haswell"));
        }
    }

    @Test
    void labelCountsOfAllSubtasksAddUp() throws Exception {
        LabelCounts first = counts(0, 3, LabelOutcome.REAL, LabelOutcome.REAL, LabelOutcome.ORPHANED);
        LabelCounts second = counts(1, -1, LabelOutcome.REAL, LabelOutcome.ASSUMED);
        assertThat(rows(List.of(first, second))).singleElement().isInstanceOfSatisfying(LabelCountsRow.class, row -> {
            assertThat(row.toJson())
                    .contains("\"real\":3")
                    .contains("\"orphaned\":1")
                    .contains("\"assumed\":1");
            assertThat(row.toJson()).contains("\"dropped\":0").contains("\"repeated_event\":0");
        });
    }

    @Test
    void aRunWithoutReportsHasNoSummary() throws Exception {
        assertThat(rows(List.of())).isEmpty();
    }

    @Test
    void reportsBeforeAndAfterASnapshotAreOneSummary() throws Exception {
        List<EndReport> reports = List.of(
                model(0, 1, 10, 0, 1f),
                counts(0, 1, LabelOutcome.REAL),
                model(2, 1, 10, 0, 3f),
                counts(1, 0, LabelOutcome.DROPPED),
                model(1, 1, 10, 0, 2f));
        List<String> undisturbed = texts(rows(reports));
        for (int taken = 0; taken <= reports.size(); taken++) {
            OperatorSubtaskState snapshot;
            try (var first = harness()) {
                first.open();
                feed(first, reports.subList(0, taken));
                snapshot = first.snapshot(1, 1);
            }
            try (var second = harness()) {
                second.initializeState(snapshot);
                second.open();
                feed(second, reports.subList(taken, reports.size()));
                second.endInput();
                assertThat(texts(second.extractOutputValues())).isEqualTo(undisturbed);
            }
        }
    }

    /** As a subtask of the learner does that is restored from a checkpoint behind its end. */
    @Test
    void aShardThatReportsTwiceCountsOnce() throws Exception {
        List<EndReport> once = List.of(model(0, 7, 70, 3, 1f), model(1, 5, 50, 2, 2f));
        List<EndReport> twice = new ArrayList<>(once);
        twice.add(once.get(0));
        assertThat(rows(twice)).isEqualTo(rows(once));
    }

    private static List<ReportRow> rows(List<EndReport> reports) throws Exception {
        try (var harness = harness()) {
            harness.open();
            feed(harness, reports);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.endInput();
            return harness.extractOutputValues();
        }
    }

    private static List<String> texts(List<ReportRow> rows) {
        return rows.stream().map(ReportRow::toJson).toList();
    }

    private static OneInputStreamOperatorTestHarness<EndReport, ReportRow> harness() throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new RunSummary("pipeline", "model"));
        harness.setup(new CodecSerializer<>(ReportRow.CODEC));
        return harness;
    }

    private static void feed(OneInputStreamOperatorTestHarness<EndReport, ReportRow> harness, List<EndReport> reports)
            throws Exception {
        for (EndReport report : reports) {
            harness.processElement(new StreamRecord<>(report));
        }
    }

    private static EndReport model(int shard, long updates, long trainedRows, int waitingRows, float... parameters) {
        return new ModelSnapshot(
                "model",
                "dl4j",
                "haswell",
                new ShardProgress(shard, 0, 100, trainedRows, 0),
                updates,
                waitingRows,
                parameters,
                RowsDigest.NONE);
    }

    private static LabelCounts counts(int subtask, long remembered, LabelOutcome... outcomes) {
        long[] counts = new long[LabelOutcome.values().length];
        for (LabelOutcome outcome : outcomes) {
            counts[outcome.ordinal()]++;
        }
        return new LabelCounts(subtask, remembered, counts);
    }
}
