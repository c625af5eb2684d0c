package dev.millrace.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operators.OperatorRun;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardKeysTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shardsSpreadEvenlyOverTheSubtasksOfEveryParallelism(int shards) {
        ShardKeys keys = new ShardKeys(shards, OperatorRun.MAX_PARALLELISM);
        for (int parallelism = 1; parallelism <= 4; parallelism++) {
            int[] shardsOf = new int[parallelism];
            for (int shard = 0; shard < shards; shard++) {
                shardsOf[
                        KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                keys.keyOf(shard), OperatorRun.MAX_PARALLELISM, parallelism)]++;
            }
            int most = Arrays.stream(shardsOf).max().orElseThrow();
            int fewest = Arrays.stream(shardsOf).min().orElseThrow();
            assertThat(most - fewest)
                    .as("%d shards on %d subtasks: %s", shards, parallelism, Arrays.toString(shardsOf))
                    .isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 360, 361, 1_000})
    void keysAreDistinctAlsoWhereShardsOutnumberKeyGroups(int shards) {
        ShardKeys keys = new ShardKeys(shards, OperatorRun.MAX_PARALLELISM);
        Set<Integer> distinct = new HashSet<>();
        for (int shard = 0; shard < shards; shard++) {
            assertThat(keys.keyOf(shard)).isNotNegative();
            distinct.add(keys.keyOf(shard));
            assertThat(KeyGroupRangeAssignment.assignToKeyGroup(keys.keyOf(shard), OperatorRun.MAX_PARALLELISM))
                    .isEqualTo((int) ((shard + 0.5) * OperatorRun.MAX_PARALLELISM / shards));
        }
        assertThat(distinct).hasSize(shards);
    }

    /** State lies under these keys: other ones would lose the models of every savepoint. */
    @ParameterizedTest
    @CsvSource({"1,0,878", "4,0,2812", "4,1,345", "4,2,4510", "4,3,927"})
    void keysStayAsTheyAre(int shards, int shard, int key) {
        assertThat(new ShardKeys(shards, OperatorRun.MAX_PARALLELISM).keyOf(shard))
                .isEqualTo(key);
    }
}
