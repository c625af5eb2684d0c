package dev.millrace.benchmarks.pipeline;

import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.LabelKind;
import dev.millrace.events.Prediction;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.operators.learner.OnlineLearner;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import java.util.OptionalLong;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Stands in the place of the {@link OnlineLearner} and puts out what it does, a prediction and a scored label per event, in
 * the same order of records, but has no model: what the pipeline costs without one.
 */
final class PassThroughLearner extends OrderedOperator<Integer, ShardInput, ScoredLabel> {

    private static final long serialVersionUID = 1L;
    private static final float SCORE = 0.03f;

    private final String model;

    private PassThroughLearner(String model, Order order, OptionalLong horizon) {
        super(order, Codecs.SHARD_INPUT, horizon);
        this.model = model;
    }

    /** Puts it in the place of the learner of a job that is defined and not yet submitted. */
    static void replaceLearner(StreamGraph job, String model, Order order, OptionalLong horizon) {
        StreamNode learner = job.getStreamNodes().stream()
                .filter(node -> ("learner-" + model).equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the job has no learner of model '" + model + "'"));
        learner.setOperatorFactory(SimpleOperatorFactory.of(new PassThroughLearner(model, order, horizon)));
    }

    @Override
    protected void onRecord(ShardInput input) {
        if (input instanceof Example example) {
            onExample(example);
        } else if (input instanceof ResolvedLabel label) {
            onLabel(
                    label.id(),
                    label.shard(),
                    label.eventTime(),
                    label.time(),
                    label.kind(),
                    label.label(),
                    label.replaced());
        }
    }

    private void onExample(Example example) {
        output.collect(
                OnlineLearner.PREDICTIONS,
                new StreamRecord<>(
                        new Prediction(
                                model,
                                example.id(),
                                example.time(),
                                example.shard(),
                                new float[] {SCORE},
                                0,
                                Long.MIN_VALUE,
                                example.reportingId()),
                        example.time()));
        if (example.hasLabel()) {
            onLabel(
                    example.id(),
                    example.shard(),
                    example.time(),
                    example.time(),
                    LabelKind.REAL,
                    example.label(),
                    Event.NO_LABEL);
        }
    }

    private void onLabel(
            EventId id, int shard, long eventTime, long time, LabelKind kind, float label, float replaced) {
        output.collect(new StreamRecord<>(
                new ScoredLabel(
                        model,
                        shard,
                        id,
                        eventTime,
                        time,
                        kind,
                        label,
                        replaced,
                        LabelKind.REAL,
                        new float[] {SCORE},
                        0),
                time));
    }

    @Override
    protected void onInstant(long time) {}
}
