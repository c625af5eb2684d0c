package dev.millrace.operators.featurizer;

import dev.millrace.events.EventSchema;
import dev.millrace.features.FeatureSet;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What events are turned into examples by.
 *
 * @param schema of the events that come in
 * @param entities the fields that name an event's entities; empty for none
 * @param shards number of model shards, at least 1
 * @param shardBy the field whose value chooses the shard; null: the event's id chooses
 * @param reportBy the field whose value groups predictions in reports and alerts (card, user); null: nothing does
 * @param weight the field of the row's weight in the loss, a number that is at least 0; null: every row weighs 1
 */
public record FeaturizerOptions(
        EventSchema schema,
        List<String> entities,
        FeatureSet features,
        int shards,
        @Nullable String shardBy,
        @Nullable String reportBy,
        @Nullable String weight)
        implements Serializable {

    public FeaturizerOptions {
        entities = List.copyOf(entities);
    }
}
