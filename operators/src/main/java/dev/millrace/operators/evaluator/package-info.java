/**
 * Prequential quality: each label is measured against the score its event was given. {@link ShardEvaluator} folds the labels
 * of one shard, chained to the learner; one {@link EvaluationMerger} combines the shards into rows of the metrics topic.
 */
@NullMarked
package dev.millrace.operators.evaluator;

import org.jspecify.annotations.NullMarked;
