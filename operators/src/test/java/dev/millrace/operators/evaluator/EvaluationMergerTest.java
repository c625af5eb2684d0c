package dev.millrace.operators.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.EvaluationOptions;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.evaluation.ScoreKind;
import dev.millrace.evaluation.ShardEvaluation;
import dev.millrace.evaluation.SliceReport;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.api.Test;

class EvaluationMergerTest extends SnapshotContract<String, SliceReport, ReportRow> {

    private static final EvaluationOptions OPTIONS = EvaluationOptions.of(
            "pipeline", "model", ScoreKind.PROBABILITY, 2, Duration.ofMillis(100), Duration.ofMillis(300));

    @Override
    protected OperatorRun.Operator<SliceReport, ReportRow> operator(Order order) {
        return () -> new EvaluationMerger(OPTIONS, order);
    }

    @Override
    protected KeySelector<SliceReport, String> key() {
        return SliceReport::model;
    }

    @Override
    protected TypeInformation<String> keyType() {
        return Types.STRING;
    }

    /** What two shards report of 40 labels. */
    @Override
    protected List<Step<SliceReport>> script() {
        ShardEvaluation[] shards = {new ShardEvaluation(OPTIONS, 0), new ShardEvaluation(OPTIONS, 1)};
        List<Step<SliceReport>> script = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            int shard = random.nextInt(2);
            shards[shard].add(ShardEvaluatorTest.label(i, shard, i * 10L, i * 10L + 5, random));
            if (i % 10 == 9) {
                long now = (i + 1) * 10L;
                for (ShardEvaluation evaluation : shards) {
                    evaluation.takeChanged(now).forEach(report -> script.add(Step.take(report)));
                    evaluation.expire(now).forEach(report -> script.add(Step.take(report)));
                }
                script.add(Step.watermark(now));
            }
        }
        script.add(Step.end());
        return script;
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<String, SliceReport, ReportRow> run) {
        return List.of(run.output().stream().map(ReportRow::toJson).toList());
    }

    @Test
    void theLastTotalCountsTheLabelsOfAllShards() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            for (Step<SliceReport> step : script()) {
                run.step(step);
            }
            List<MetricRow> rows =
                    run.output().stream().map(MetricRow.class::cast).toList();
            long total = last(rows, row -> row.scope() == MetricScope.TOTAL);
            long first = last(rows, row -> row.scope() == MetricScope.SHARD && row.shard() == 0);
            long second = last(rows, row -> row.scope() == MetricScope.SHARD && row.shard() == 1);
            assertThat(total).isPositive().isEqualTo(first + second);
        }
    }

    private static long last(List<MetricRow> rows, Predicate<MetricRow> wanted) {
        return rows.stream()
                .filter(wanted)
                .reduce((before, after) -> after)
                .orElseThrow()
                .count();
    }
}
