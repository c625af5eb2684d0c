package dev.millrace.operators.evaluator;

import dev.millrace.evaluation.EvaluationOptions;
import dev.millrace.evaluation.MergedEvaluation;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.evaluation.SliceReport;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import dev.millrace.operators.state.LiveStates;
import java.util.OptionalLong;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Combines the reports of all shards of a model, in index order, and emits the rows that changed: slices, sliding windows,
 * the fading mean, the whole stream, shards.
 *
 * <p>Keyed by the model's name, at parallelism 1. State: one {@link MergedEvaluation} per model, live between two snapshots.
 */
public final class EvaluationMerger extends OrderedOperator<String, SliceReport, ReportRow> {

    private static final long serialVersionUID = 1L;

    private final EvaluationOptions options;

    private transient LiveStates<String, MergedEvaluation> evaluations;

    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState
    public EvaluationMerger(EvaluationOptions options, Order order) {
        super(order, SliceReport.CODEC, OptionalLong.of(Long.MAX_VALUE));
        this.options = options;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        evaluations = new LiveStates<>(
                "merged-evaluation",
                this,
                context.getKeyedStateStore(),
                MergedEvaluation.CODEC,
                restored -> restored.adopt(options));
    }

    @Override
    protected void onRecord(SliceReport report) throws Exception {
        evaluations.change(currentKey(), () -> new MergedEvaluation(options)).accept(report);
        schedule(report.streamTime());
    }

    @Override
    protected void onInstant(long time) throws Exception {
        MergedEvaluation evaluation = evaluations.changeExisting(currentKey());
        if (evaluation != null) {
            for (MetricRow row : evaluation.takeChanged()) {
                output.collect(new StreamRecord<>(row, time));
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        evaluations.flush();
        super.snapshotState(context);
    }
}
