package dev.millrace.jobs;

import dev.millrace.connectors.RejectedRecord;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.events.Alert;
import dev.millrace.events.Prediction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * What a training topology puts out.
 *
 * @param alerts null if the pipeline raises none
 */
record TrainingStreams(
        DataStream<Prediction> predictions,
        @Nullable DataStream<Alert> alerts,
        DataStream<ReportRow> metrics,
        DataStream<RejectedRecord> deadLetters) {}
