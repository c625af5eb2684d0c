package dev.millrace.operators.ranking;

import dev.millrace.evaluation.RankingOutcome;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.Example;
import dev.millrace.events.LabelKind;
import dev.millrace.events.Prediction;
import dev.millrace.events.Recommendation;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.events.StableHash;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.modelstate.ModelStore;
import dev.millrace.networks.Engine;
import dev.millrace.networks.engines.Engines;
import dev.millrace.operators.learner.OnlineLearner;
import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import dev.millrace.operators.summary.ModelSnapshot;
import dev.millrace.serializers.CodecTypeInformation;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Learns which item a user takes next, and recommends. One key is one model shard.
 *
 * <p>Each event is a user who takes an item. First the item is ranked among all that the user does not have (test), then the
 * model learns that this one was taken rather than some drawn ones (train), then the shard counts it. Requests for
 * recommendations do not wait for the watermark: they are answered from the weights and counts of now, and change nothing.
 *
 * <p>The main output is, for each event that is measured, how well its item was ranked ({@link RankingOutcome}). Predictions, models
 * at the end, and recommendations are side outputs; the score of a prediction is 1 / rank, 0 where the item was not known.
 *
 * <p>State: the model ({@link ModelStore}), one entry per item and one per user ({@link CatalogueStore}).
 */
public final class RankingLearner extends OrderedOperator<Integer, ShardInput, ScoredLabel> implements BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** The answers to requests. */
    public static final OutputTag<Recommendation> RECOMMENDATIONS =
            new OutputTag<>("recommendations", CodecTypeInformation.RECOMMENDATION);

    private static final long MEASURE_SEED = 0x6D656173757265L;
    private static final double STEP = 0x1p-53;

    private final RankingOptions options;

    private transient Engine engine;
    private transient CandidateInputs inputs;
    private transient CandidateRanker ranker;
    private transient RankingMeter meter;
    private transient ListTrainer trainer;
    private transient Recommender recommender;
    private transient @Nullable ItemVectors vectors;
    private transient @Nullable Factorisation factorisation;
    private transient ModelStore models;
    private transient CatalogueStore catalogues;
    transient RankingLearnerMetrics metrics;

    /** @param horizon last event time of a bounded input; empty if the input has no end */
    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState and open
    public RankingLearner(RankingOptions options, Order order, OptionalLong horizon) {
        super(order, Codecs.SHARD_INPUT, horizon);
        this.options = options;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        engine = Engines.create(options.network());
        RankingSpec ranking = options.ranking();
        long seed = options.network().seed();
        vectors = ranking.dimensions() > 0 ? new ItemVectors(ranking, seed) : null;
        factorisation = ranking.baselines() ? new Factorisation(seed) : null;
        inputs = new CandidateInputs(ranking);
        ranker = new CandidateRanker(engine, inputs);
        meter = new RankingMeter(ranker, inputs, factorisation, seed);
        trainer = new ListTrainer(engine, ranking, inputs, vectors);
        recommender = new Recommender(options, ranker, inputs);
        long modelBytes = 4L * (engine.parameterCount() + engine.updaterStateCount());
        int liveLimit = (int) Math.min(Integer.MAX_VALUE, options.liveModelBytes() / modelBytes);
        models = new ModelStore(this, context.getKeyedStateStore(), engine, options.shape(), liveLimit);
        catalogues = new CatalogueStore(this, getKeyedStateBackend());
    }

    @Override
    public void open() throws Exception {
        super.open();
        metrics = new RankingLearnerMetrics(getMetricGroup(), catalogues, trainer);
    }

    @Override
    protected boolean waits(ShardInput input) {
        return !(input instanceof RecommendationRequest);
    }

    @Override
    protected void onRecord(ShardInput input) throws Exception {
        if (input instanceof Example example) {
            onExample(example);
        } else if (input instanceof RecommendationRequest request) {
            onRequest(request);
        }
    }

    private void onExample(Example example) throws Exception {
        String[] user = example.ids()[0];
        String[] item = example.ids()[1];
        if (user.length == 0 || item.length == 0) {
            metrics.unidentifiedEvents.inc();
            return;
        }
        onEvent(example, user[0], item[0]);
    }

    private void onEvent(Example example, String userId, String itemId) throws Exception {
        Catalogue catalogue = catalogues.of(example.shard());
        UserItems user = catalogues.itemsOf(userId);
        Item item = catalogue.find(itemId);
        if (item != null && user.has(item.number)) {
            metrics.repeatedItems.inc();
            catalogue.takeAgain(item);
            return;
        }
        LiveModel model = models.of(example.shard());
        inputs.look(catalogue, user);
        if (isMeasured(example)) {
            report(model, example, measure(model, catalogue, user, item, example));
        }
        if (item == null) {
            metrics.newItems.inc();
            item = begin(catalogue, itemId);
        } else {
            learn(model, catalogue, user, item, example);
        }
        float[] factors = factorisation == null
                ? user.factors()
                : factorisation.learn(catalogue, user, userId, item, example.id());
        catalogue.take(user, item, options.ranking());
        catalogues.update(userId, user.with(item.number, factors));
    }

    private boolean isMeasured(Example example) {
        float share = options.ranking().measured();
        return share == 1 || (StableHash.of(example.id().toString(), MEASURE_SEED) >>> 11) * STEP < share;
    }

    private RankingOutcome measure(
            LiveModel model, Catalogue catalogue, UserItems user, @Nullable Item item, Example example) {
        ranker.chooseAll(catalogue, user.asSet());
        ranker.score(model);
        metrics.rankedEvents.inc();
        return meter.measure(catalogue, user, item, example.id());
    }

    private void report(LiveModel model, Example example, RankingOutcome outcome) {
        long version = model.weights().updates();
        float score = outcome.rank() == 0 ? 0 : 1f / outcome.rank();
        Prediction prediction = new Prediction(
                options.model(),
                example.id(),
                example.time(),
                example.shard(),
                new float[] {score},
                version,
                model.newestLabelTime(),
                example.reportingId());
        output.collect(OnlineLearner.PREDICTIONS, new StreamRecord<>(prediction, example.time()));
        output.collect(new StreamRecord<>(
                new ScoredLabel(
                        options.model(),
                        example.shard(),
                        example.id(),
                        example.time(),
                        example.time(),
                        LabelKind.REAL,
                        1,
                        Event.NO_LABEL,
                        LabelKind.REAL,
                        outcome.toScores(),
                        version),
                example.time()));
    }

    private Item begin(Catalogue catalogue, String itemId) {
        Item item = catalogue.add(itemId);
        if (vectors != null) {
            vectors.begin(catalogue, item);
        }
        if (factorisation != null) {
            factorisation.begin(item);
        }
        return item;
    }

    private void learn(LiveModel model, Catalogue catalogue, UserItems user, Item item, Example example) {
        if (trainer.learn(model, catalogue, user, item, example)) {
            metrics.updates.inc();
            return;
        }
        if (metrics.refusedUpdates.getCount() == 0) {
            LOG.warn(
                    "An update of shard key {} was not finite and was not applied; lower the learning rate or clip"
                            + " gradients. Further ones are only counted.",
                    currentKey());
        }
        metrics.refusedUpdates.inc();
    }

    private void onRequest(RecommendationRequest request) throws Exception {
        Recommendation answer = recommender.answer(
                request, catalogues.of(request.shard()), catalogues.itemsOf(request.user()), models.ofCurrentKey());
        metrics.answeredRequests.inc();
        metrics.unknownItems.inc(answer.unknownItems());
        output.collect(RECOMMENDATIONS, new StreamRecord<>(answer, request.time()));
    }

    @Override
    protected void onInstant(long time) {
        throw new IllegalStateException("a ranking schedules no instants");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        models.flush();
        catalogues.flush();
        super.snapshotState(context);
    }

    @Override
    public void endInput() throws Exception {
        models.flush();
        List<Integer> keys;
        try (var stored =
                this.<Integer>getKeyedStateBackend().getKeys(ModelStore.PROGRESS.getName(), VoidNamespace.INSTANCE)) {
            keys = stored.sorted().toList();
        }
        for (Integer key : keys) {
            setCurrentKey(key);
            LiveModel model = models.ofCurrentKey();
            if (model != null) {
                Catalogue catalogue = catalogues.of(model.shard());
                output.collect(
                        OnlineLearner.MODELS,
                        new StreamRecord<>(
                                ModelSnapshot.of(options.model(), engine, model, CatalogueStore.digest(catalogue))));
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
