package dev.millrace.operators.learner;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Prediction;
import dev.millrace.events.RoutedEvent;
import dev.millrace.events.RouterInput;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.features.labels.LabelOutcome;
import dev.millrace.features.labels.LabelRules;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.router.LabelRouter;
import dev.millrace.operators.summary.LabelCounts;
import dev.millrace.operators.summary.ModelSnapshot;
import dev.millrace.serializers.CodecTypeInformation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;

/** A label router and, behind it, a learner, each at parallelism 1: the whole way of a label, without an end of input. */
final class LabelPath implements AutoCloseable {

    /** What may remain when event time has passed everything: nothing. */
    private static final List<String> STATES_OF_ROUTER = List.of("label-case", "order-buffer");

    private static final List<String> STATES_OF_LEARNER = List.of("pending", "expiring", "order-buffer");

    private final OperatorRun<EventId, RouterInput, ShardInput> router;
    private final OperatorRun<Integer, ShardInput, ScoredLabel> learner;
    private final Consumer<Prediction> predictions;
    private final Consumer<ScoredLabel> labels;

    /** Predictions and labels are told to the consumers, and kept nowhere. */
    LabelPath(
            LabelRules rules,
            LearnerOptions options,
            StateBackends backend,
            Consumer<Prediction> predictions,
            Consumer<ScoredLabel> labels)
            throws Exception {
        ShardKeys keys = new ShardKeys(1, OperatorRun.MAX_PARALLELISM);
        this.predictions = predictions;
        this.labels = labels;
        router = new OperatorRun<>(
                () -> new LabelRouter(rules, Order.EVENT_TIME, OptionalLong.empty()),
                RouterInput::id,
                CodecTypeInformation.EVENT_ID,
                backend,
                1,
                List.of());
        learner = new OperatorRun<>(
                () -> new OnlineLearner(options, Order.EVENT_TIME, OptionalLong.empty()),
                keys.ofInputs(),
                Types.INT,
                backend,
                1,
                List.of());
    }

    void take(Example example) throws Exception {
        router.step(Step.take(new RoutedEvent(example.id(), example.time(), example.shard(), Event.NO_LABEL, 0)));
        learner.step(Step.take(example));
    }

    void take(LabelRecord label) throws Exception {
        router.step(Step.take(label));
    }

    void advanceTo(long watermark) throws Exception {
        router.step(Step.watermark(watermark));
        for (ShardInput label : router.takeOutput()) {
            learner.step(Step.take(label));
        }
        learner.step(Step.watermark(watermark));
        learner.takeOutput().forEach(labels);
        learner.takeSideOutput(OnlineLearner.PREDICTIONS).forEach(predictions);
    }

    /** How often each outcome came about; those that did not are left out. */
    Map<LabelOutcome, Long> outcomes() throws Exception {
        router.endInput();
        LabelCounts counts = (LabelCounts) router.sideOutput(LabelRouter.COUNTS).get(0);
        Map<LabelOutcome, Long> outcomes = new EnumMap<>(LabelOutcome.class);
        for (LabelOutcome outcome : LabelOutcome.values()) {
            if (counts.count(outcome) > 0) {
                outcomes.put(outcome, counts.count(outcome));
            }
        }
        return outcomes;
    }

    ModelSnapshot model() throws Exception {
        learner.endInput();
        return (ModelSnapshot) learner.sideOutput(OnlineLearner.MODELS).get(0);
    }

    /** Entries of every state that must end, and timers; by name. */
    Map<String, Long> remaining() {
        Map<String, Long> remaining = new TreeMap<>();
        STATES_OF_ROUTER.forEach(state -> remaining.put("router " + state, router.entriesOf(state)));
        STATES_OF_LEARNER.forEach(state -> remaining.put("learner " + state, learner.entriesOf(state)));
        remaining.put("router timers", (long) router.scheduledInstants());
        remaining.put("learner timers", (long) learner.scheduledInstants());
        return remaining;
    }

    /** Bytes of a checkpoint of both. */
    long checkpointBytes() throws Exception {
        return router.snapshotBytes(1) + learner.snapshotBytes(1);
    }

    @Override
    public void close() throws Exception {
        router.close();
        learner.close();
    }
}
