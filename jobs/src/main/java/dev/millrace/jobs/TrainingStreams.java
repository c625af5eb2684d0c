package dev.millrace.jobs;

import dev.millrace.connectors.RejectedRecord;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.events.Alert;
import dev.millrace.events.Prediction;
import dev.millrace.events.Recommendation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * What a training topology puts out.
 *
 * @param alerts null if the pipeline raises none
 * @param recommendations null if nobody requests any
 */
record TrainingStreams(
        DataStream<Prediction> predictions,
        @Nullable DataStream<Alert> alerts,
        @Nullable DataStream<Recommendation> recommendations,
        DataStream<ReportRow> metrics,
        DataStream<RejectedRecord> deadLetters) {}
