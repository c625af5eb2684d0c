package dev.millrace.jobs;

import dev.millrace.connectors.Ingested;
import dev.millrace.connectors.IngestedTypes;
import dev.millrace.connectors.RejectedRecord;
import dev.millrace.connectors.RejectedSplit;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.evaluation.SliceReport;
import dev.millrace.events.AggregatesInput;
import dev.millrace.events.Alert;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Ordered;
import dev.millrace.events.Prediction;
import dev.millrace.events.Recommendation;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.RouterInput;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.features.selection.Selection;
import dev.millrace.operators.aggregates.EntityAggregatesOptions;
import dev.millrace.operators.aggregates.EntityKeys;
import dev.millrace.operators.aggregates.EntityLabels;
import dev.millrace.operators.learner.OnlineLearner;
import dev.millrace.operators.learner.ShardKeys;
import dev.millrace.operators.ranking.RankingLearner;
import dev.millrace.operators.router.LabelRouter;
import dev.millrace.operators.summary.EndReport;
import dev.millrace.pipeline.AlertOutput;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.Ranking;
import dev.millrace.serializers.CodecTypeInformation;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way of an event, from what the sources read to what the sinks write.
 *
 * <p>Everything up to the keyed operators runs at the parallelism of its source, chained to it. A model shard is one key,
 * so the learner never has more subtasks than there are shards.
 */
final class TrainingTopology {

    private static final TypeInformation<SliceReport> SLICE_REPORT =
            CodecTypeInformation.of(SliceReport.class, SliceReport.CODEC);
    private static final TypeInformation<AggregatesInput> AGGREGATES_INPUT =
            CodecTypeInformation.of(AggregatesInput.class, Codecs.AGGREGATES_INPUT);
    private static final TypeInformation<ReportRow> REPORT_ROW =
            CodecTypeInformation.of(ReportRow.class, ReportRow.CODEC);

    private final Pipeline pipeline;
    private final PipelineOperators operators;
    private final ShardKeys shardKeys;
    private final String model;

    private TrainingTopology(Pipeline pipeline, JobOptions options) {
        this.pipeline = pipeline;
        this.operators = new PipelineOperators(pipeline, options);
        this.shardKeys = new ShardKeys(pipeline.training().shards(), JobSettings.MAX_PARALLELISM);
        this.model = pipeline.modelName();
    }

    /**
     * @param labels none exactly if the pipeline's labels have no topics of their own
     * @param requests null if none are answered
     */
    static TrainingStreams define(
            Pipeline pipeline,
            JobOptions options,
            DataStream<Ingested<Event>> events,
            List<LabelInput> labels,
            @Nullable DataStream<Ingested<RecommendationRequest>> requests) {
        return new TrainingTopology(pipeline, options).define(events, labels, requests);
    }

    private TrainingStreams define(
            DataStream<Ingested<Event>> ingestedEvents,
            List<LabelInput> labelInputs,
            @Nullable DataStream<Ingested<RecommendationRequest>> ingestedRequests) {

        SingleOutputStreamOperator<Event> parsed =
                split(ingestedEvents, CodecTypeInformation.EVENT, "events", "events");
        DataStream<RejectedRecord> rejected = parsed.getSideOutput(RejectedSplit.REJECTED);
        DataStream<Event> events = joined(selected(parsed));

        @Nullable DataStream<ShardInput> resolvedLabels = null;
        @Nullable DataStream<EndReport> labelCounts = null;

        LabelSource.Late lateLabels = operators.lateLabels();
        if (lateLabels != null) {
            DataStream<RouterInput> routed = reminders(events);
            for (LabelInput input : labelInputs) {
                SingleOutputStreamOperator<LabelRecord> labels =
                        split(input.labels(), IngestedTypes.LABEL_RECORD, input.uid(), input.text());
                rejected = rejected.union(labels.getSideOutput(RejectedSplit.REJECTED));
                routed = routed.union(asRouterInput(labels, input));
            }

            SingleOutputStreamOperator<ShardInput> resolved = resolve(routed, lateLabels);
            resolvedLabels = resolved;
            labelCounts = resolved.getSideOutput(LabelRouter.COUNTS);
        }

        DataStream<ShardInput> shardInputs = examples(aggregated(events, resolvedLabels));
        if (resolvedLabels != null) {
            shardInputs = shardInputs.union(resolvedLabels);
        }
        if (ingestedRequests != null) {
            SingleOutputStreamOperator<RecommendationRequest> requests =
                    split(ingestedRequests, IngestedTypes.REQUEST, "requests", "requests");
            rejected = rejected.union(requests.getSideOutput(RejectedSplit.REJECTED));
            shardInputs = shardInputs.union(assigned(requests));
        }

        SingleOutputStreamOperator<ScoredLabel> scoredLabels = learn(shardInputs);
        DataStream<Prediction> predictions = scoredLabels.getSideOutput(OnlineLearner.PREDICTIONS);
        @Nullable DataStream<Alert> alerts = rank(scoredLabels);
        @Nullable
        DataStream<Recommendation> recommendations =
                ingestedRequests == null ? null : scoredLabels.getSideOutput(RankingLearner.RECOMMENDATIONS);

        DataStream<EndReport> endReports = scoredLabels.getSideOutput(OnlineLearner.MODELS);
        if (labelCounts != null) {
            endReports = endReports.union(labelCounts);
        }
        DataStream<ReportRow> metrics = evaluate(scoredLabels).union(summarise(endReports));

        return new TrainingStreams(predictions, alerts, recommendations, metrics, rejected);
    }

    private static <T extends Ordered> SingleOutputStreamOperator<T> split(
            DataStream<Ingested<T>> ingested, TypeInformation<T> type, String uid, String what) {
        return ingested.process(new RejectedSplit<>(), type)
                .setParallelism(ingested.getParallelism())
                .uid(uid + "-split")
                .name("Split rejected " + what);
    }

    /** The events that the pipeline is about. */
    private DataStream<Event> selected(DataStream<Event> events) {
        Selection where = pipeline.events().where();
        return where == null
                ? events
                : events.filter(operators.eventSelector(where))
                        .setParallelism(events.getParallelism())
                        .uid("events-where")
                        .name("Skip events by where");
    }

    /** The events with the fields of their rows in side tables. */
    private DataStream<Event> joined(DataStream<Event> events) {
        return pipeline.tables().isEmpty()
                ? events
                : events.map(operators.tableJoiner(), CodecTypeInformation.EVENT)
                        .setParallelism(events.getParallelism())
                        .uid("side-tables")
                        .name("Join side tables");
    }

    /** The events with what each of their entities adds, one kind of entity after the other. */
    private DataStream<Event> aggregated(DataStream<Event> events, @Nullable DataStream<ShardInput> resolvedLabels) {
        DataStream<Event> aggregated = events;
        for (EntityAggregatesOptions entity : operators.entities()) {
            String field = entity.features().field();
            DataStream<AggregatesInput> inputs = aggregated
                    .map(event -> (AggregatesInput) event, AGGREGATES_INPUT)
                    .setParallelism(aggregated.getParallelism())
                    .uid("entity-events-" + field)
                    .name("Pass event of " + field + " on");
            if (resolvedLabels != null && entity.features().readsLabels()) {
                inputs = inputs.union(labelsOf(entity, resolvedLabels));
            }
            aggregated = inputs.keyBy(new EntityKeys(entity), Types.STRING)
                    .transform("Aggregate " + field, CodecTypeInformation.EVENT, operators.entityAggregates(entity))
                    .uid("aggregates-" + field);
        }
        return aggregated;
    }

    private static DataStream<AggregatesInput> labelsOf(
            EntityAggregatesOptions entity, DataStream<ShardInput> resolvedLabels) {
        String field = entity.features().field();
        return resolvedLabels
                .flatMap(new EntityLabels(entity.kind()), AGGREGATES_INPUT)
                .setParallelism(resolvedLabels.getParallelism())
                .uid("entity-labels-" + field)
                .name("Pass label of " + field + " on");
    }

    private DataStream<ShardInput> examples(DataStream<Event> events) {
        return events.map(operators.featurizer(), CodecTypeInformation.SHARD_INPUT)
                .setParallelism(events.getParallelism())
                .uid("featurizer")
                .name("Encode features");
    }

    private DataStream<RouterInput> reminders(DataStream<Event> events) {
        return events.map(operators.labelReminder(), CodecTypeInformation.ROUTER_INPUT)
                .setParallelism(events.getParallelism())
                .uid("label-reminder")
                .name("Remember event for its label");
    }

    private static DataStream<RouterInput> asRouterInput(DataStream<LabelRecord> labels, LabelInput input) {
        return labels.map(label -> (RouterInput) label, CodecTypeInformation.ROUTER_INPUT)
                .setParallelism(labels.getParallelism())
                .uid(input.name().isEmpty() ? "label-input" : "label-input-" + input.name())
                .name(input.name().isEmpty() ? "Pass label on" : "Pass " + input.text() + " on");
    }

    private SingleOutputStreamOperator<ShardInput> resolve(
            DataStream<RouterInput> routed, LabelSource.Late lateLabels) {
        return routed.keyBy(RouterInput::id, CodecTypeInformation.EVENT_ID)
                .transform("Resolve labels", CodecTypeInformation.SHARD_INPUT, operators.labelRouter(lateLabels))
                .uid("label-router");
    }

    private DataStream<ShardInput> assigned(DataStream<RecommendationRequest> requests) {
        return requests.map(operators.requestAssigner(), CodecTypeInformation.SHARD_INPUT)
                .setParallelism(requests.getParallelism())
                .uid("request-assigner")
                .name("Find shard of request");
    }

    private SingleOutputStreamOperator<ScoredLabel> learn(DataStream<ShardInput> inputs) {
        Ranking ranking = pipeline.ranking();
        return inputs.keyBy(shardKeys.ofInputs(), Types.INT)
                .transform(
                        ranking == null ? "Score and learn" : "Rank and learn",
                        CodecTypeInformation.SCORED_LABEL,
                        ranking == null ? operators.learner() : operators.rankingLearner(ranking))
                .setParallelism(learnerParallelism(inputs))
                .uid("learner-" + model);
    }

    private int learnerParallelism(DataStream<?> inputs) {
        return Math.min(
                pipeline.training().shards(), inputs.getExecutionEnvironment().getParallelism());
    }

    private @Nullable DataStream<Alert> rank(SingleOutputStreamOperator<ScoredLabel> scoredLabels) {
        AlertOutput alerts = pipeline.output().alerts();
        return alerts == null
                ? null
                : scoredLabels
                        .getSideOutput(OnlineLearner.ALERTS)
                        .keyBy(Alert::model, Types.STRING)
                        .transform("Rank alerts", CodecTypeInformation.ALERT, operators.alertRanker(alerts))
                        .setParallelism(1)
                        .uid("alert-ranker");
    }

    private DataStream<ReportRow> evaluate(SingleOutputStreamOperator<ScoredLabel> scoredLabels) {
        SingleOutputStreamOperator<SliceReport> reports = DataStreamUtils.reinterpretAsKeyedStream(
                        scoredLabels, shardKeys.ofScoredLabels(), Types.INT)
                .transform("Evaluate shard", SLICE_REPORT, operators.shardEvaluator())
                .setParallelism(scoredLabels.getParallelism())
                .uid("shard-evaluator-" + model);

        return reports.keyBy(SliceReport::model, Types.STRING)
                .transform("Merge evaluations", REPORT_ROW, operators.evaluationMerger())
                .setParallelism(1)
                .uid("evaluation-merger");
    }

    private DataStream<ReportRow> summarise(DataStream<EndReport> endReports) {
        return endReports
                .global()
                .transform("Summarise run", REPORT_ROW, operators.runSummary())
                .setParallelism(1)
                .uid("run-summary");
    }
}
