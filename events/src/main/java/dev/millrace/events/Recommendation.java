package dev.millrace.events;

import java.util.List;

/**
 * The answer to a {@link RecommendationRequest}.
 *
 * @param model name of the model
 * @param request id of the request
 * @param time of the request, milliseconds since the epoch
 * @param items best first; fewer than asked for where the shard knows no more
 * @param source what ranked them
 * @param unknownItems candidates and exclusions that the shard has never seen, and left out
 * @param modelVersion number of updates that the weights had seen
 * @param newestLabelTime stream time of the newest event that the weights had learned from, milliseconds since the epoch;
 *     {@link Long#MIN_VALUE} before the first
 */
public record Recommendation(
        String model,
        EventId request,
        long time,
        int shard,
        String user,
        List<Item> items,
        Source source,
        int unknownItems,
        long modelVersion,
        long newestLabelTime) {

    /** @param score what items are ordered by, comparable within one recommendation only */
    public record Item(String id, float score) {}

    /** Codecs write the ordinal: add at the end only. */
    public enum Source {
        /** The model, from what the user has taken. */
        MODEL,
        /** How often items are taken: the user has none yet. */
        POPULARITY
    }

    public Recommendation {
        items = List.copyOf(items);
    }
}
