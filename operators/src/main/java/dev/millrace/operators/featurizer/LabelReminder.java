package dev.millrace.operators.featurizer;

import dev.millrace.events.EntityIds;
import dev.millrace.events.Event;
import dev.millrace.events.RoutedEvent;
import dev.millrace.events.RouterInput;
import dev.millrace.features.EntityFields;
import dev.millrace.features.ShardAssignment;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells the label router of an event: when it was, which shard scores it, whose aggregates it enters and, if it was recorded,
 * its delayed label.
 */
public final class LabelReminder extends RichMapFunction<Event, RouterInput> {

    private static final long serialVersionUID = 1L;

    private final FeaturizerOptions options;
    private final @Nullable Duration delay;

    private transient ShardAssignment shards;
    private transient EntityFields entities;

    /** @param delay how late the label inside an event is played back; null if labels come on a stream of their own */
    @SuppressWarnings("NullAway.Init") // transient fields are built in open
    public LabelReminder(FeaturizerOptions options, @Nullable Duration delay) {
        this.options = options;
        this.delay = delay;
    }

    @Override
    public void open(OpenContext context) {
        shards = new ShardAssignment(options.schema(), options.shards(), options.shardBy());
        entities = new EntityFields(options.schema(), options.entities());
    }

    @Override
    public RouterInput map(Event event) {
        int shard = shards.shardOf(event);
        EntityIds ids = entities.of(event);
        return delay == null || !event.hasLabel()
                ? new RoutedEvent(event.id(), event.time(), shard, ids, Event.NO_LABEL, 0)
                : new RoutedEvent(event.id(), event.time(), shard, ids, event.label(), event.time() + delay.toMillis());
    }
}
