package dev.millrace.operators.learner;

import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import java.io.Serializable;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The Flink key of each shard. Flink hashes keys, so the keys 0 to 3 may all land on one subtask; here shard i gets a key
 * whose key group is ⌊(i + ½) · maxParallelism / shards⌋, which spreads the shards evenly at every parallelism.
 *
 * <p>Keys are distinct, also where shards outnumber key groups: the key of shard i is i modulo the number of shards.
 */
public final class ShardKeys implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int[] keys;

    public ShardKeys(int shards, int maxParallelism) {
        keys = new int[shards];
        for (int shard = 0; shard < shards; shard++) {
            int keyGroup = (int) ((2L * shard + 1) * maxParallelism / (2L * shards));
            int key = shard;
            while (KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism) != keyGroup) {
                key += shards;
            }
            keys[shard] = key;
        }
    }

    public KeySelector<ShardInput, Integer> ofInputs() {
        return input -> keyOf(input.shard());
    }

    /** The same key as that of the example behind the label. */
    public KeySelector<ScoredLabel, Integer> ofScoredLabels() {
        return label -> keyOf(label.shard());
    }

    public Integer keyOf(int shard) {
        return keys[shard];
    }
}
