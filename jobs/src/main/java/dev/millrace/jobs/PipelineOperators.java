package dev.millrace.jobs;

import dev.millrace.evaluation.EvaluationOptions;
import dev.millrace.evaluation.ScoreKind;
import dev.millrace.events.EventSchema;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRange;
import dev.millrace.features.FeatureEncoder;
import dev.millrace.features.NegativeSampling;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.features.selection.Selection;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.operators.aggregates.EntityAggregates;
import dev.millrace.operators.aggregates.EntityAggregatesOptions;
import dev.millrace.operators.alerts.AlertRanker;
import dev.millrace.operators.evaluator.EvaluationMerger;
import dev.millrace.operators.evaluator.ShardEvaluator;
import dev.millrace.operators.featurizer.Featurizer;
import dev.millrace.operators.featurizer.FeaturizerOptions;
import dev.millrace.operators.featurizer.LabelReminder;
import dev.millrace.operators.featurizer.RequestAssigner;
import dev.millrace.operators.learner.AlertOptions;
import dev.millrace.operators.learner.LearnerOptions;
import dev.millrace.operators.learner.OnlineLearner;
import dev.millrace.operators.ranking.RankingLearner;
import dev.millrace.operators.ranking.RankingOptions;
import dev.millrace.operators.router.LabelRouter;
import dev.millrace.operators.selection.EventSelector;
import dev.millrace.operators.summary.RunSummary;
import dev.millrace.operators.tables.TableJoiner;
import dev.millrace.pipeline.AlertOutput;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.Ranking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators of a pipeline, each built from what the pipeline file says. */
final class PipelineOperators {

    private final Pipeline pipeline;
    private final JobOptions options;

    PipelineOperators(Pipeline pipeline, JobOptions options) {
        this.pipeline = pipeline;
        this.options = options;
    }

    EventSelector eventSelector(Selection where) {
        LabelLayout label = pipeline.events().layout().label();
        return new EventSelector(pipeline.events().schema(), label == null ? null : label.field(), where);
    }

    TableJoiner tableJoiner() {
        return new TableJoiner(pipeline.events().schema(), SideTables.read(pipeline));
    }

    /** One per kind of entity, in the order in which an event passes them. */
    List<EntityAggregatesOptions> entities() {
        List<EntityAggregatesOptions> kinds = new ArrayList<>();
        EventSchema schema = pipeline.joinedSchema();
        for (EntityFeatures entity : pipeline.entities()) {
            kinds.add(new EntityAggregatesOptions(
                    schema,
                    kinds.size(),
                    entity,
                    lateLabels() == null,
                    pipeline.events().maxOutOfOrderness(),
                    EntityAggregatesOptions.DEFAULT_LIVE_ENTITIES));
            schema = schema.with(entity.addedFields());
        }
        return kinds;
    }

    EntityAggregates entityAggregates(EntityAggregatesOptions entity) {
        return new EntityAggregates(entity, options.order());
    }

    Featurizer featurizer() {
        return new Featurizer(featurizerOptions(pipeline.encodedSchema()), lateLabels() == null);
    }

    LabelReminder labelReminder() {
        Duration delay = pipeline.label() instanceof LabelSource.Delayed delayed ? delayed.delay() : null;
        return new LabelReminder(featurizerOptions(pipeline.joinedSchema()), delay);
    }

    private FeaturizerOptions featurizerOptions(EventSchema schema) {
        return new FeaturizerOptions(
                schema,
                pipeline.entityFields(),
                pipeline.features(),
                pipeline.training().shards(),
                pipeline.training().shardBy(),
                pipeline.reportBy(),
                pipeline.training().weight());
    }

    LabelRouter labelRouter(LabelSource.Late labels) {
        return new LabelRouter(
                labels.rules(pipeline.events().maxOutOfOrderness()), options.order(), options.horizonMillis());
    }

    OnlineLearner learner() {
        FeatureEncoder encoder = new FeatureEncoder(pipeline.encodedSchema(), pipeline.features());
        NetworkSpec network = pipeline.network();
        LabelSource.Late labels = lateLabels();
        LearnerOptions learner = new LearnerOptions(
                pipeline.modelName(),
                network,
                pipeline.embeddings(),
                ModelShape.of(network, pipeline.embeddings(), encoder.inputNames(), encoder.standardised()),
                pipeline.training().batchRows(),
                pipeline.training().maxDelay(),
                labels == null ? null : labels.keepTime(),
                LearnerOptions.DEFAULT_LIVE_MODEL_BYTES,
                new NegativeSampling(pipeline.training().negatives(), network.seed()),
                alertOptions(),
                scoreRange());
        return new OnlineLearner(learner, options.order(), options.horizonMillis());
    }

    RankingLearner rankingLearner(Ranking ranking) {
        NetworkSpec network = pipeline.network();
        RankingOptions learner = new RankingOptions(
                pipeline.modelName(),
                network,
                ranking.spec(),
                ModelShape.of(
                        network, ranking.spec().inputNames(), ranking.spec().standardised()),
                LearnerOptions.DEFAULT_LIVE_MODEL_BYTES);
        return new RankingLearner(learner, options.order(), options.horizonMillis());
    }

    RequestAssigner requestAssigner() {
        return new RequestAssigner(pipeline.training().shards());
    }

    private @Nullable LabelRange scoreRange() {
        LabelLayout label = pipeline.label().label();
        LabelRange range = label == null ? null : label.range();
        return range != null && range.clipsScores() ? range : null;
    }

    private @Nullable AlertOptions alertOptions() {
        AlertOutput alerts = pipeline.output().alerts();
        return alerts == null
                ? null
                : new AlertOptions(
                        alerts.rules(), alerts.reasons(), pipeline.features().featureNames());
    }

    AlertRanker alertRanker(AlertOutput alerts) {
        return new AlertRanker(alerts.rules(), options.order(), options.horizonMillis());
    }

    ShardEvaluator shardEvaluator() {
        return new ShardEvaluator(evaluation(), options.order());
    }

    EvaluationMerger evaluationMerger() {
        return new EvaluationMerger(evaluation(), options.order());
    }

    RunSummary runSummary() {
        return new RunSummary(pipeline.name(), pipeline.modelName());
    }

    private EvaluationOptions evaluation() {
        NetworkSpec network = pipeline.network();
        LabelSource.Late labels = lateLabels();
        EvaluationOptions evaluation = EvaluationOptions.of(
                pipeline.name(),
                pipeline.modelName(),
                switch (network.task()) {
                    case BINARY -> ScoreKind.PROBABILITY;
                    case MULTICLASS -> ScoreKind.CLASS_PROBABILITIES;
                    case REGRESSION -> ScoreKind.VALUE;
                    case RANKING -> ScoreKind.RANKS;
                },
                switch (network.task()) {
                    case BINARY -> 2;
                    case MULTICLASS -> network.outputs();
                    case REGRESSION, RANKING -> 0;
                },
                options.metricsSlice(),
                labels == null ? pipeline.events().maxOutOfOrderness() : labels.keepTime());
        if (labels != null && labels.missing() == MissingLabel.NEGATIVE) {
            evaluation = evaluation.withAssumedLabels();
        }
        return options.metricsFrom() == null ? evaluation : evaluation.withReportFrom(options.metricsFrom());
    }

    LabelSource.@Nullable Late lateLabels() {
        return pipeline.label() instanceof LabelSource.Late late ? late : null;
    }
}
