/**
 * Where events are scored and models learn: one key is one model shard. {@link Scorer} and {@link Trainer} are what a model
 * does, {@link OnlineLearner} decides what happens to which record.
 */
@NullMarked
package dev.millrace.operators.learner;

import org.jspecify.annotations.NullMarked;
