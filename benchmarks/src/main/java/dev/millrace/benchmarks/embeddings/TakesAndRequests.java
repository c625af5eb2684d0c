package dev.millrace.benchmarks.embeddings;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.events.ShardInput;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * What a learner that ranks takes in, by its number: first each item is taken once, twenty by each user; from then on the users ask
 * in turn for the best ten.
 */
final class TakesAndRequests implements MapFunction<Long, ShardInput> {

    static final int ITEMS = 100_000;
    static final int ITEMS_PER_USER = 20;
    static final int ASKED = 10;

    private static final long serialVersionUID = 1L;
    private static final int USERS = ITEMS / ITEMS_PER_USER;
    private static final float[] NO_NUMBERS = {};

    @Override
    public ShardInput map(Long number) {
        String user = "user-" + number % USERS;
        EventId id = EventId.of(number);
        if (number >= ITEMS) {
            return new RecommendationRequest(id, number, 0, user, ASKED, List.of(), List.of());
        }
        String[][] names = {{user}, {"item-" + number}};
        return new Example(id, number, 0, Event.NO_LABEL, 1, "", NO_NUMBERS, names);
    }
}
