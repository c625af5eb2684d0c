package dev.millrace.operators.learner;

import dev.millrace.evaluation.alerts.AlertBook;
import dev.millrace.events.Alert;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.LabelKind;
import dev.millrace.events.Prediction;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.modelstate.EmbeddingStore;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.modelstate.ModelStore;
import dev.millrace.modelstate.NamespacedState;
import dev.millrace.modelstate.PendingEntry;
import dev.millrace.modelstate.PendingEntry.Early;
import dev.millrace.modelstate.PendingEntry.Kept;
import dev.millrace.modelstate.RowsDigest;
import dev.millrace.networks.Engine;
import dev.millrace.networks.ScoreCorrection;
import dev.millrace.networks.engines.Engines;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import dev.millrace.operators.state.LiveStates;
import dev.millrace.operators.summary.EndReport;
import dev.millrace.operators.summary.ModelSnapshot;
import dev.millrace.serializers.CodecSerializer;
import dev.millrace.serializers.CodecTypeInformation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Scores events and learns from labels. One key is one model shard.
 *
 * <p>An example is scored with the live weights. If it carries its label it then goes into the mini-batch; if not, it is
 * kept with its score until {@code keep} for its label and revisions. A label that overtakes its example waits for it. The
 * main output is each label beside the score its event was given; predictions and alerts ({@link AlertDesk}) are side outputs.
 *
 * <p>State: the model ({@link ModelStore}) and its embedding rows ({@link EmbeddingStore}), one {@link PendingEntry} per kept id, and per hour of event time the ids whose
 * {@code keep} ends in it, deleted by one instant per shard and hour. The label router alone decides which labels still
 * count, so that an entry may outlive its {@code keep} by up to an hour without changing anything.
 */
public final class OnlineLearner extends OrderedOperator<Integer, ShardInput, ScoredLabel> implements BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** The score of every event, stamped by the weights that gave it. */
    public static final OutputTag<Prediction> PREDICTIONS =
            new OutputTag<>("predictions", CodecTypeInformation.PREDICTION);
    /** The best of each shard's day at its end, and what is raised at once; not merged yet. */
    public static final OutputTag<Alert> ALERTS = new OutputTag<>("alerts", CodecTypeInformation.ALERT);
    /** Each shard's model at the end of a bounded input. */
    public static final OutputTag<EndReport> MODELS = new OutputTag<>("models", EndReport.TYPE);

    static final ValueStateDescriptor<PendingEntry> PENDING =
            new ValueStateDescriptor<>("pending", new CodecSerializer<>(PendingEntry.CODEC));
    static final ListStateDescriptor<EventId> EXPIRING =
            new ListStateDescriptor<>("expiring", new CodecSerializer<>(Codecs.EVENT_ID));

    /** Of some 30 KB each. */
    private static final int LIVE_ALERT_BOOKS = 1024;

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final LearnerOptions options;

    private transient Engine engine;
    private transient Scorer scorer;
    private transient LabelLessons lessons;
    private transient Trainer trainer;
    private transient @Nullable AlertDesk alerts;
    private transient ModelStore models;
    private transient EmbeddingStore embeddings;
    private transient NamespacedState<EventId, ValueState<PendingEntry>> pending;
    private transient NamespacedState<Long, ListState<EventId>> expiring;
    private transient OnlineLearnerMetrics metrics;

    /** @param horizon last event time of a bounded input; empty if the input has no end */
    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState and open
    public OnlineLearner(LearnerOptions options, Order order, OptionalLong horizon) {
        super(order, Codecs.SHARD_INPUT, horizon);
        this.options = options;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        engine = Engines.create(options.network());
        ScoreCorrection correction =
                new ScoreCorrection(options.network(), options.negatives().share());
        embeddings = new EmbeddingStore(
                this,
                getKeyedStateBackend(),
                options.embeddings(),
                options.network().seed(),
                options.liveModelBytes(),
                this::schedule);
        InputRows inputRows = new InputRows(options.network().inputs(), options.embeddings(), embeddings);
        scorer = new Scorer(engine, inputRows, correction, options.scoreRange());
        lessons = new LabelLessons(options.network(), options.negatives(), correction);
        trainer = new Trainer(engine, inputRows, options.batchRows());
        long modelBytes = 4L * (engine.parameterCount() + engine.updaterStateCount());
        int liveLimit = (int) Math.min(Integer.MAX_VALUE, options.liveModelBytes() / modelBytes);
        alerts = alertDesk(context.getKeyedStateStore());
        models = new ModelStore(this, context.getKeyedStateStore(), engine, options.shape(), liveLimit);
        pending = NamespacedState.values(getKeyedStateBackend(), new CodecSerializer<>(Codecs.EVENT_ID), PENDING);
        expiring = NamespacedState.lists(getKeyedStateBackend(), LongSerializer.INSTANCE, EXPIRING);
    }

    private @Nullable AlertDesk alertDesk(KeyedStateStore states) {
        AlertOptions alertOptions = options.alerts();
        return alertOptions == null
                ? null
                : new AlertDesk(
                        alertOptions,
                        engine,
                        options.shape().inputNames(),
                        new LiveStates<>(
                                "alert-book",
                                this,
                                states,
                                AlertBook.CODEC,
                                book -> book.adopt(alertOptions.rules()),
                                LIVE_ALERT_BOOKS),
                        getMetricGroup(),
                        alert -> output.collect(ALERTS, new StreamRecord<>(alert, alert.time())),
                        this::schedule);
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new OnlineLearnerMetrics(getMetricGroup(), trainer);
        EmbeddingMetrics.register(getMetricGroup(), options.embeddings(), embeddings);
    }

    @Override
    protected void onRecord(ShardInput input) throws Exception {
        LiveModel model = models.of(input.shard());
        if (input instanceof Example example) {
            onExample(model, example);
        } else if (input instanceof ResolvedLabel label) {
            onLabel(model, label);
        }
        embeddings.settle();
    }

    private void onExample(LiveModel model, Example example) throws Exception {
        long version = model.weights().updates();
        float[] scores = scorer.score(model, example);
        metrics.scoredRows.inc();
        Prediction prediction = new Prediction(
                options.model(),
                example.id(),
                example.time(),
                example.shard(),
                scores,
                version,
                model.newestLabelTime(),
                example.reportingId());
        output.collect(PREDICTIONS, new StreamRecord<>(prediction, example.time()));
        if (alerts != null) {
            alerts.consider(currentKey(), model, example, prediction);
        }

        Kept scored = new Kept(example, scores, version, Event.NO_LABEL, LabelKind.REAL);
        if (example.hasLabel()) {
            learn(model, scored, example.time(), LabelKind.REAL, example.label());
        } else if (options.keep() != null) {
            keep(model, scored);
        }
    }

    private void keep(LiveModel model, Kept scored) throws Exception {
        EventId id = scored.example().id();
        PendingEntry known = pending.at(id).value();
        if (known instanceof Kept) {
            metrics.repeatedEvents.inc();
            return;
        }
        if (known instanceof Early early) {
            ResolvedLabel label = early.label();
            learn(model, scored, label.time(), label.kind(), label.label());
            pending.at(id).update(scored.withLabel(label.label(), label.kind()));
            return;
        }
        pending.at(id).update(scored);
        expire(id, scored.eventTime());
    }

    private void onLabel(LiveModel model, ResolvedLabel label) throws Exception {
        PendingEntry known = pending.at(label.id()).value();
        if (known instanceof Kept kept) {
            learn(model, kept, label.time(), label.kind(), label.label());
            pending.at(label.id()).update(kept.withLabel(label.label(), label.kind()));
            return;
        }
        metrics.earlyLabels.inc();
        pending.at(label.id()).update(new Early(label));
        if (known == null) {
            expire(label.id(), label.eventTime());
        }
    }

    /** Trains what the label adds to what was known, and reports it beside the score. */
    private void learn(LiveModel model, Kept scored, long labelTime, LabelKind kind, float label) throws Exception {
        Example example = scored.example();
        if (lessons.isNew(scored, label)) {
            float target = lessons.target(model, scored, kind, label);
            if (lessons.leavesOut(scored, label)) {
                metrics.negativesLeftOut.inc();
            } else {
                count(addRow(model, example, target, labelTime));
            }
        }
        output.collect(new StreamRecord<>(
                new ScoredLabel(
                        options.model(),
                        example.shard(),
                        example.id(),
                        example.time(),
                        labelTime,
                        kind,
                        label,
                        scored.label(),
                        scored.kind(),
                        scored.scores(),
                        scored.modelVersion()),
                labelTime));
    }

    private Trainer.Step addRow(LiveModel model, Example example, float target, long labelTime) throws Exception {
        metrics.labelledRows.inc();
        boolean opens = model.batch().rows() == 0;
        Trainer.Step step = trainer.add(model, example, target, labelTime);
        if (opens && step == Trainer.Step.WAITING && options.maxDelay() != null) {
            schedule(labelTime + options.maxDelay().toMillis());
        }
        return step;
    }

    private void count(Trainer.Step step) {
        switch (step) {
            case WAITING -> {}
            case TRAINED -> metrics.updates.inc();
            case REFUSED -> {
                if (metrics.refusedUpdates.getCount() == 0) {
                    LOG.warn(
                            "A mini-batch of shard key {} gave an update that is not finite and was not applied;"
                                    + " lower the learning rate or clip gradients. Further ones are only counted.",
                            currentKey());
                }
                metrics.refusedUpdates.inc();
            }
        }
    }

    private void expire(EventId id, long eventTime) throws Exception {
        long keep = options.keep() == null ? 0 : options.keep().toMillis();
        long hourEnd = (Math.floorDiv(eventTime + keep, HOUR) + 1) * HOUR;
        expiring.at(hourEnd).add(id);
        schedule(hourEnd);
    }

    @Override
    protected void onInstant(long time) throws Exception {
        endDay(time);
        trainOverdue(time);
        embeddings.expire(time);
        if (Math.floorMod(time, HOUR) == 0) {
            Iterable<EventId> ids = expiring.at(time).get();
            if (ids != null) {
                for (EventId id : ids) {
                    pending.at(id).clear();
                }
                expiring.at(time).clear();
            }
        }
        embeddings.settle();
    }

    /** The last day of a bounded input is put out as far as it goes: that concludes nothing, it tells what is known. */
    @Override
    protected void onRemaining(long time) throws Exception {
        endDay(time);
    }

    private void endDay(long time) throws Exception {
        if (alerts != null) {
            alerts.endOfDay(currentKey(), time);
        }
    }

    private void trainOverdue(long time) throws Exception {
        Duration maxDelay = options.maxDelay();
        LiveModel model = maxDelay == null ? null : models.ofCurrentKey();
        if (maxDelay != null
                && model != null
                && model.batch().rows() > 0
                && model.batch().openedAt() + maxDelay.toMillis() <= time) {
            count(trainer.train(model));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        models.flush();
        embeddings.flush();
        if (alerts != null) {
            alerts.flush();
        }
        super.snapshotState(context);
    }

    @Override
    public void endInput() throws Exception {
        models.flush();
        Map<Integer, RowsDigest> rows = embeddings.digests();
        List<Integer> keys;
        try (var stored =
                this.<Integer>getKeyedStateBackend().getKeys(ModelStore.PROGRESS.getName(), VoidNamespace.INSTANCE)) {
            keys = stored.sorted().toList();
        }
        for (Integer key : keys) {
            setCurrentKey(key);
            LiveModel model = models.ofCurrentKey();
            if (model != null) {
                RowsDigest digest = rows.getOrDefault(key, RowsDigest.NONE);
                output.collect(MODELS, new StreamRecord<>(ModelSnapshot.of(options.model(), engine, model, digest)));
            }
        }
    }

    @Override
    public void close() throws Exception {
        @Nullable Engine opened = engine;
        if (opened != null) {
            opened.close();
        }
        super.close();
    }
}
