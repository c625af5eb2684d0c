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
 * <p>With {@code leaveOneOut} the last item of each user is not learned; when the input ends it is ranked, and nothing else is
 * measured: the protocol of published comparisons.
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
    /** Beyond the horizon of every input. */
    private static final long END = Long.MAX_VALUE - 1;

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
    private transient boolean leftOutIsMeasured;

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
        Interaction interaction = Interaction.of(example, user[0], item[0]);
        if (options.ranking().leaveOneOut()) {
            holdOut(example.shard(), interaction);
        } else {
            take(example.shard(), interaction);
        }
    }

    /** The user's last interaction but this one is learned; this one waits for a later one. */
    private void holdOut(int shard, Interaction interaction) throws Exception {
        UserItems user = catalogues.itemsOf(interaction.user());
        catalogues.update(interaction.user(), user.holdingOut(interaction));
        schedule(END);
        if (user.heldOut() != null) {
            take(shard, user.heldOut());
        }
    }

    private void take(int shard, Interaction interaction) throws Exception {
        Catalogue catalogue = catalogues.of(shard);
        UserItems user = catalogues.itemsOf(interaction.user());
        Item item = catalogue.find(interaction.item());
        if (item != null && user.has(item.number)) {
            metrics.repeatedItems.inc();
            catalogue.takeAgain(item);
            return;
        }
        LiveModel model = models.of(shard);
        inputs.look(catalogue, user);
        if (!options.ranking().leaveOneOut() && isMeasured(interaction)) {
            measure(model, catalogue, user, item, interaction);
        }
        if (item == null) {
            metrics.newItems.inc();
            item = begin(catalogue, interaction.item());
        } else {
            learn(model, catalogue, user, item, interaction);
        }
        float[] factors = factorisation == null
                ? user.factors()
                : factorisation.learn(catalogue, user, interaction.user(), item, interaction.id());
        catalogue.take(user, item, options.ranking());
        catalogues.update(interaction.user(), user.with(item.number, factors));
    }

    private boolean isMeasured(Interaction interaction) {
        float share = options.ranking().measured();
        return share == 1 || (StableHash.of(interaction.id().toString(), MEASURE_SEED) >>> 11) * STEP < share;
    }

    private void measure(
            LiveModel model, Catalogue catalogue, UserItems user, @Nullable Item item, Interaction interaction) {
        ranker.chooseAll(catalogue, user.asSet());
        ranker.score(model);
        metrics.rankedEvents.inc();
        report(model, interaction, meter.measure(catalogue, user, item, interaction.id()));
    }

    private void report(LiveModel model, Interaction interaction, RankingOutcome outcome) {
        long version = model.weights().updates();
        long time = interaction.time();
        float score = outcome.rank() == 0 ? 0 : 1f / outcome.rank();
        Prediction prediction = new Prediction(
                options.model(),
                interaction.id(),
                time,
                model.shard(),
                new float[] {score},
                version,
                model.newestLabelTime(),
                interaction.reportingId());
        output.collect(OnlineLearner.PREDICTIONS, new StreamRecord<>(prediction, time));
        output.collect(new StreamRecord<>(
                new ScoredLabel(
                        options.model(),
                        model.shard(),
                        interaction.id(),
                        time,
                        time,
                        LabelKind.REAL,
                        1,
                        Event.NO_LABEL,
                        LabelKind.REAL,
                        outcome.toScores(),
                        version),
                time));
    }

    /** The input has ended: every user's last item is ranked by what all the others have taught. */
    @Override
    protected void onRemaining(long time) throws Exception {
        if (leftOutIsMeasured) {
            return;
        }
        leftOutIsMeasured = true;
        Integer current = currentKey();
        for (CatalogueStore.HeldOut held : catalogues.heldOut()) {
            setCurrentKey(held.key());
            Interaction interaction = held.interaction();
            LiveModel model = models.ofCurrentKey();
            UserItems user = catalogues.itemsOf(interaction.user());
            if (model == null || user.count() == 0) {
                continue;
            }
            Catalogue catalogue = catalogues.of(model.shard());
            Item item = catalogue.find(interaction.item());
            if (item == null || !user.has(item.number)) {
                inputs.look(catalogue, user);
                measure(model, catalogue, user, item, interaction);
            }
        }
        setCurrentKey(current);
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

    private void learn(LiveModel model, Catalogue catalogue, UserItems user, Item item, Interaction interaction) {
        if (trainer.learn(model, catalogue, user, item, interaction)) {
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
        throw new IllegalStateException("a ranking schedules no instant but the end, got " + time);
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
