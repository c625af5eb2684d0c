/**
 * Score and label to metrics: what stands behind the learner on an event's way.
 *
 * <p>{@link dev.millrace.evaluation.ShardEvaluation} folds the scored labels of one shard into one tally per event-time
 * slice, {@link dev.millrace.evaluation.MergedEvaluation} combines the reports of all shards into the rows of the metrics
 * topic. Pure Java; nothing in here predicts, and nothing asks for the time of day.
 */
@NullMarked
package dev.millrace.evaluation;

import org.jspecify.annotations.NullMarked;
