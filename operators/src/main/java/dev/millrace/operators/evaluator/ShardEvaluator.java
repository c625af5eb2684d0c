package dev.millrace.operators.evaluator;

import dev.millrace.evaluation.EvaluationOptions;
import dev.millrace.evaluation.ShardEvaluation;
import dev.millrace.evaluation.SliceReport;
import dev.millrace.events.Codecs;
import dev.millrace.events.ScoredLabel;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import dev.millrace.operators.state.LiveStates;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Folds the labelled scores of each shard into event-time slices, and reports a slice that changed at the end of every
 * slice of stream time, and a last time when no label can change it any more.
 *
 * <p>Keyed by shard like the learner, whose key it takes over without a shuffle. State: one {@link ShardEvaluation} per
 * shard, live between two snapshots.
 */
public final class ShardEvaluator extends OrderedOperator<Integer, ScoredLabel, SliceReport> {

    private static final long serialVersionUID = 1L;

    private final EvaluationOptions options;
    private final long sliceMillis;

    private transient LiveStates<Integer, ShardEvaluation> evaluations;

    /** Reports are due at the end of time too: they conclude nothing, they tell what is known. */
    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState
    public ShardEvaluator(EvaluationOptions options, Order order) {
        super(order, Codecs.SCORED_LABEL, OptionalLong.of(Long.MAX_VALUE));
        this.options = options;
        this.sliceMillis = options.slice().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        evaluations = new LiveStates<>(
                "shard-evaluation",
                this,
                context.getKeyedStateStore(),
                ShardEvaluation.CODEC,
                restored -> restored.adopt(options));
    }

    @Override
    protected void onRecord(ScoredLabel label) throws Exception {
        evaluations
                .change(currentKey(), () -> new ShardEvaluation(options, label.shard()))
                .add(label);
        schedule((Math.floorDiv(label.time(), sliceMillis) + 1) * sliceMillis);
    }

    @Override
    protected void onInstant(long time) throws Exception {
        ShardEvaluation evaluation = evaluations.changeExisting(currentKey());
        if (evaluation == null) {
            return;
        }
        report(evaluation.takeChanged(time), time);
        report(evaluation.expire(time), time);
        if (evaluation.nextClose() < Long.MAX_VALUE) {
            schedule(evaluation.nextClose());
        }
    }

    private void report(List<SliceReport> reports, long time) {
        for (SliceReport report : reports) {
            output.collect(new StreamRecord<>(report, time));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        evaluations.flush();
        super.snapshotState(context);
    }
}
