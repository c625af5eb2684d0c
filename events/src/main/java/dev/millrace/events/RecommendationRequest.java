package dev.millrace.events;

import java.util.List;

/**
 * Somebody asks what to recommend to a user. It is answered at once, from the live weights: it waits for no watermark, and
 * changes nothing.
 *
 * @param id of the request
 * @param time when it was asked, milliseconds since the epoch
 * @param k how many items at most; at least 1
 * @param candidates the items to choose from; empty: all that the shard knows
 * @param excluded items not to recommend, beside those that the user has
 */
public record RecommendationRequest(
        EventId id, long time, int shard, String user, int k, List<String> candidates, List<String> excluded)
        implements ShardInput {

    public RecommendationRequest {
        candidates = List.copyOf(candidates);
        excluded = List.copyOf(excluded);
    }

    /** The same for another shard. */
    public RecommendationRequest ofShard(int other) {
        return new RecommendationRequest(id, time, other, user, k, candidates, excluded);
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return RANK_EVENT;
    }
}
