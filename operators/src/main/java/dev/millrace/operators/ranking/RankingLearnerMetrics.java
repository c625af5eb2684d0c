package dev.millrace.operators.ranking;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the {@link RankingLearner}. */
public final class RankingLearnerMetrics {

    /** Events whose item was ranked among all candidates. */
    public static final String RANKED_EVENTS = "rankedEvents";
    /** Updates applied. */
    public static final String UPDATES = "updates";
    /** Updates given up because they were not finite. */
    public static final String REFUSED_UPDATES = "refusedUpdates";
    /** Events whose user or item is missing, or too long to be an id: neither ranked nor learned from. */
    public static final String UNIDENTIFIED_EVENTS = "unidentifiedEvents";
    /** Events of an item that the user had already: counted for the item, neither ranked nor learned from. */
    public static final String REPEATED_ITEMS = "repeatedItems";
    /** Events of an item that the shard saw for the first time: it could not be ranked, and is known from then on. */
    public static final String NEW_ITEMS = "newItems";
    /** Requests answered. */
    public static final String ANSWERED_REQUESTS = "answeredRequests";
    /** Items named by requests that the shard has never seen. */
    public static final String UNKNOWN_ITEMS = "unknownItems";
    /** Items held in memory, of all shards of the subtask. */
    public static final String LIVE_ITEMS = "liveItems";
    /** Loss of the last update before it. */
    public static final String LAST_LOSS = "lastLoss";

    final Counter rankedEvents;
    final Counter updates;
    final Counter refusedUpdates;
    final Counter unidentifiedEvents;
    final Counter repeatedItems;
    final Counter newItems;
    final Counter answeredRequests;
    final Counter unknownItems;

    RankingLearnerMetrics(MetricGroup group, CatalogueStore catalogues, ListTrainer trainer) {
        rankedEvents = group.counter(RANKED_EVENTS);
        updates = group.counter(UPDATES);
        refusedUpdates = group.counter(REFUSED_UPDATES);
        unidentifiedEvents = group.counter(UNIDENTIFIED_EVENTS);
        repeatedItems = group.counter(REPEATED_ITEMS);
        newItems = group.counter(NEW_ITEMS);
        answeredRequests = group.counter(ANSWERED_REQUESTS);
        unknownItems = group.counter(UNKNOWN_ITEMS);
        group.gauge(LIVE_ITEMS, catalogues::liveItems);
        group.gauge(LAST_LOSS, trainer::lastLoss);
    }
}
