package dev.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardAssignmentTest {

    private static final EventSchema SCHEMA =
            new EventSchema(List.of(new Field("customer", FieldType.ID), new Field("branch", FieldType.NUMBER)));

    @Test
    void oneShardTakesEverything() {
        assertThat(new ShardAssignment(SCHEMA, 1, "customer").shardOf(event("a", "b", 1)))
                .isZero();
    }

    @Test
    void idsSpreadEvenly() {
        ShardAssignment assignment = new ShardAssignment(SCHEMA, 4, null);
        int[] counts = new int[4];
        for (int id = 0; id < 100_000; id++) {
            counts[assignment.shardOf(event(Integer.toString(id), null, Double.NaN))]++;
        }
        // Four standard deviations of a binomial count.
        assertThat(IntStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(25_000 - 550, 25_000 + 550));
    }

    @Test
    void eventsOfOneCustomerMeetInOneShard() {
        ShardAssignment assignment = new ShardAssignment(SCHEMA, 16, "customer");
        assertThat(IntStream.range(0, 100)
                        .map(id -> assignment.shardOf(event(Integer.toString(id), "596", id)))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void eventWithoutTheFieldGoesWhereItsIdWould() {
        ShardAssignment byCustomer = new ShardAssignment(SCHEMA, 1000, "customer");
        ShardAssignment byBranch = new ShardAssignment(SCHEMA, 1000, "branch");
        ShardAssignment byId = new ShardAssignment(SCHEMA, 1000, null);
        Event event = event("transaction-1", null, Double.NaN);

        assertThat(byCustomer.shardOf(event)).isEqualTo(byId.shardOf(event));
        assertThat(byBranch.shardOf(event)).isEqualTo(byId.shardOf(event));
    }

    @Test
    void numberAndTextOfAnIdAreTheSameKey() {
        assertThat(new ShardAssignment(SCHEMA, 1000, "branch").shardOf(event("1", null, 42)))
                .isEqualTo(new ShardAssignment(SCHEMA, 1000, "customer").shardOf(event("1", "42", Double.NaN)));
    }

    @Test
    void whoNamesAValueFindsTheShardOfItsEvents() {
        for (int shards : new int[] {1, 2, 1000}) {
            assertThat(ShardAssignment.shardOf("42", shards))
                    .isEqualTo(new ShardAssignment(SCHEMA, shards, "customer").shardOf(event("1", "42", Double.NaN)))
                    .isEqualTo(new ShardAssignment(SCHEMA, shards, "branch").shardOf(event("1", null, 42)));
        }
    }

    /** Another hash would send an event to weights that never saw its like. */
    @Test
    void shardsNeverChange() {
        ShardAssignment assignment = new ShardAssignment(SCHEMA, 1000, null);
        assertThat(List.of("0", "1", "3156", "transaction-7", "Zürich", "").stream()
                        .map(id -> assignment.shardOf(event(id, null, Double.NaN))))
                .containsExactly(338, 284, 686, 768, 583, 521);
    }

    private static Event event(String id, String customer, double branch) {
        return new Event(EventId.of(id), 0, Event.NO_LABEL, new double[] {branch}, new String[] {customer});
    }
}
