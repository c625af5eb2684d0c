package dev.millrace.pipeline;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How events become mini-batches.
 *
 * @param shards number of independent models that share the events out; at least 1
 * @param shardBy field of the events that decides the shard; null: the event id
 * @param batchRows labelled rows per update; at least 1
 * @param maxDelay event time after which a part-full mini-batch is trained; null: never
 * @param negatives share of the events of class 0 that a binary model learns from; above 0, at most 1
 * @param weight field of the events that is a row's weight in the loss, at least 0; null: every row weighs 1
 */
public record Training(
        int shards,
        @Nullable String shardBy,
        int batchRows,
        @Nullable Duration maxDelay,
        float negatives,
        @Nullable String weight)
        implements Serializable {}
