package dev.millrace.events;

/** What a model shard takes in, keyed by shard. New kinds of input become new cases here, not new topology. */
public sealed interface ShardInput extends Ordered permits Example, ResolvedLabel, RecommendationRequest {

    /** Index of the shard, from 0. */
    int shard();
}
