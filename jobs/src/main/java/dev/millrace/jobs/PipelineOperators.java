package dev.millrace.jobs;

import dev.millrace.evaluation.EvaluationOptions;
import dev.millrace.evaluation.ScoreKind;
import dev.millrace.features.FeatureEncoder;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.operators.alerts.AlertRanker;
import dev.millrace.operators.evaluator.EvaluationMerger;
import dev.millrace.operators.evaluator.ShardEvaluator;
import dev.millrace.operators.featurizer.Featurizer;
import dev.millrace.operators.featurizer.FeaturizerOptions;
import dev.millrace.operators.featurizer.LabelReminder;
import dev.millrace.operators.learner.AlertOptions;
import dev.millrace.operators.learner.LearnerOptions;
import dev.millrace.operators.learner.OnlineLearner;
import dev.millrace.operators.router.LabelRouter;
import dev.millrace.operators.summary.RunSummary;
import dev.millrace.pipeline.AlertOutput;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The operators of a pipeline, each built from what the pipeline file says. */
final class PipelineOperators {

    private final Pipeline pipeline;
    private final JobOptions options;

    PipelineOperators(Pipeline pipeline, JobOptions options) {
        this.pipeline = pipeline;
        this.options = options;
    }

    Featurizer featurizer() {
        return new Featurizer(featurizerOptions(), lateLabels() == null);
    }

    LabelReminder labelReminder() {
        Duration delay = pipeline.label() instanceof LabelSource.Delayed delayed ? delayed.delay() : null;
        return new LabelReminder(featurizerOptions(), delay);
    }

    private FeaturizerOptions featurizerOptions() {
        return new FeaturizerOptions(
                pipeline.events().schema(),
                pipeline.features(),
                pipeline.training().shards(),
                pipeline.training().shardBy(),
                pipeline.reportBy());
    }

    LabelRouter labelRouter(LabelSource.Late labels) {
        return new LabelRouter(
                labels.rules(pipeline.events().maxOutOfOrderness()), options.order(), options.horizonMillis());
    }

    OnlineLearner learner() {
        FeatureEncoder encoder = new FeatureEncoder(pipeline.events().schema(), pipeline.features());
        NetworkSpec network = pipeline.network();
        LabelSource.Late labels = lateLabels();
        LearnerOptions learner = new LearnerOptions(
                pipeline.modelName(),
                network,
                ModelShape.of(network, encoder.inputNames(), encoder.standardised()),
                pipeline.training().batchRows(),
                pipeline.training().maxDelay(),
                labels == null ? null : labels.keepTime(),
                LearnerOptions.DEFAULT_LIVE_MODEL_BYTES,
                alertOptions());
        return new OnlineLearner(learner, options.order(), options.horizonMillis());
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
                },
                switch (network.task()) {
                    case BINARY -> 2;
                    case MULTICLASS -> network.outputs();
                    case REGRESSION -> 0;
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
