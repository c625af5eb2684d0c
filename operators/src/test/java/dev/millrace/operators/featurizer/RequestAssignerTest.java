package dev.millrace.operators.featurizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.features.ShardAssignment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestAssignerTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(new Field("user", FieldType.ID)));

    @Test
    void aRequestGoesWhereItsUsersEventsGo() {
        int shards = 7;
        RequestAssigner requests = new RequestAssigner(shards);
        ShardAssignment events = new ShardAssignment(SCHEMA, shards, "user");
        Set<Integer> used = new HashSet<>();
        for (int user = 0; user < 100; user++) {
            String name = "u" + user;
            RecommendationRequest request =
                    new RecommendationRequest(EventId.of("r"), 5, 0, name, 3, List.of("a"), List.of("b"));
            int shard =
                    events.shardOf(new Event(EventId.of(user), 0, Event.NO_LABEL, new double[0], new String[] {name}));

            assertThat(requests.map(request)).isEqualTo(request.ofShard(shard));
            used.add(shard);
        }
        assertThat(used).hasSize(shards);
    }
}
