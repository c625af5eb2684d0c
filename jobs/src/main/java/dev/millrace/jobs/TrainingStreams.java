package dev.millrace.jobs;

import dev.millrace.connectors.RejectedRecord;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.events.Prediction;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What a training topology puts out. */
record TrainingStreams(
        DataStream<Prediction> predictions, DataStream<ReportRow> metrics, DataStream<RejectedRecord> deadLetters) {}
