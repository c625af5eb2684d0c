package dev.millrace.operators.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.EvaluationOptions;
import dev.millrace.evaluation.ScoreKind;
import dev.millrace.evaluation.SliceReport;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ScoredLabel;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.learner.ShardKeys;
import dev.millrace.operators.order.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.api.Test;

class ShardEvaluatorTest extends SnapshotContract<Integer, ScoredLabel, SliceReport> {

    private static final ShardKeys KEYS = new ShardKeys(2, OperatorRun.MAX_PARALLELISM);
    private static final EvaluationOptions OPTIONS = EvaluationOptions.of(
                    "pipeline", "model", ScoreKind.PROBABILITY, 2, Duration.ofMillis(100), Duration.ofMillis(300))
            .withAssumedLabels();

    @Override
    protected OperatorRun.Operator<ScoredLabel, SliceReport> operator(Order order) {
        return () -> new ShardEvaluator(OPTIONS, order);
    }

    @Override
    protected KeySelector<ScoredLabel, Integer> key() {
        return label -> KEYS.keyOf(label.shard());
    }

    @Override
    protected TypeInformation<Integer> keyType() {
        return Types.INT;
    }

    @Override
    protected List<Step<ScoredLabel>> script() {
        List<Step<ScoredLabel>> script = new ArrayList<>();
        Random random = new Random(11);
        for (int i = 0; i < 12; i++) {
            long eventTime = i * 25L;
            script.add(Step.take(label(i, i % 2, eventTime, eventTime + random.nextInt(250), random)));
            if (i % 4 == 3) {
                script.add(Step.watermark(eventTime));
            }
        }
        script.add(Step.watermark(450));
        script.add(Step.end());
        return script;
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<Integer, ScoredLabel, SliceReport> run) {
        return List.of(run.output().stream()
                .map(report -> HexFormat.of().formatHex(SliceReport.CODEC.toBytes(report)))
                .toList());
    }

    @Test
    void aSliceIsReportedAgainWhenALateLabelChangesItAndALastTimeWhenNoneCan() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            Random random = new Random(3);
            run.step(Step.take(label(1, 0, 10, 20, random)));
            run.step(Step.watermark(100));
            run.step(Step.take(label(2, 0, 30, 250, random)));
            run.step(Step.watermark(300));
            run.step(Step.watermark(399));
            assertThat(run.output()).extracting(SliceReport::sliceStart).containsExactly(0L, 0L);
            assertThat(run.output()).extracting(SliceReport::closed).containsExactly(false, false);
            assertThat(run.output().get(1).real().count()
                            + run.output().get(1).assumed().count())
                    .isEqualTo(2);
            run.step(Step.watermark(400));
            assertThat(run.output().get(2).closed()).isTrue();
        }
    }

    static ScoredLabel label(long id, int shard, long eventTime, long time, Random random) {
        return new ScoredLabel(
                "model",
                shard,
                EventId.of(id),
                eventTime,
                time,
                random.nextBoolean() ? LabelKind.REAL : LabelKind.ASSUMED,
                random.nextInt(2),
                Event.NO_LABEL,
                LabelKind.REAL,
                new float[] {random.nextFloat()},
                id);
    }
}
