/**
 * A whole pipeline from topic to topic, beside the same pipeline without a model and beside a loop without Flink.
 *
 * <p>{@link dev.millrace.benchmarks.pipeline.PipelineSuite} keeps a broker with the events and lets the contestants take
 * turns, each in a JVM of its own.
 */
@NullMarked
package dev.millrace.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
