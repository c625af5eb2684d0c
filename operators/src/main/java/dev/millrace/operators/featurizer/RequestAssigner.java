package dev.millrace.operators.featurizer;

import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.ShardInput;
import dev.millrace.features.ShardAssignment;
import org.apache.flink.api.common.functions.MapFunction;

/** Names the shard of a request: that of its user's events, where the user decides the shard. */
public final class RequestAssigner implements MapFunction<RecommendationRequest, ShardInput> {

    private static final long serialVersionUID = 1L;

    private final int shards;

    /** @param shards at least 1 */
    public RequestAssigner(int shards) {
        this.shards = shards;
    }

    @Override
    public ShardInput map(RecommendationRequest request) {
        return request.ofShard(ShardAssignment.shardOf(request.user(), shards));
    }
}
