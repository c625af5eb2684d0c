package dev.millrace.features;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import dev.millrace.events.StableHash;
import org.jspecify.annotations.Nullable;

/**
 * Which shard learns from an event: a fixed hash of its shard-by field, or of its id where no field is stated.
 *
 * <p>An event whose shard-by field is missing goes where its id would: such events are spread over all shards, instead
 * of all meeting in one. The hash never changes (see {@link StableHash}); changing the number of shards moves events.
 */
public final class ShardAssignment {

    /** Other than that of the buckets, so that a hashed input of a shard still uses all its buckets. */
    private static final long SHARD_SEED = 0x7368617264696E67L;

    private final int shards;
    private final @Nullable Category shardBy;

    /**
     * @param shards at least 1
     * @param shardByField a field of any type; null: the event id decides
     */
    public ShardAssignment(EventSchema schema, int shards, @Nullable String shardByField) {
        if (shards < 1) {
            throw new IllegalArgumentException("shards must be at least 1, got " + shards);
        }
        this.shards = shards;
        this.shardBy = shardByField == null ? null : new Category(schema, shardByField);
    }

    /** In [0, shards). */
    public int shardOf(Event event) {
        if (shards == 1) {
            return 0;
        }
        String key = shardBy == null ? null : shardBy.of(event);
        return shardOf(key == null ? event.id().toString() : key, shards);
    }

    /** That of the events whose shard-by field has this value, as {@link Category} reads it; in [0, shards). */
    public static int shardOf(String value, int shards) {
        return StableHash.bucket(StableHash.of(value, SHARD_SEED), shards);
    }
}
