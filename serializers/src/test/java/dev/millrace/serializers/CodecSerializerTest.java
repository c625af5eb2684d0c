package dev.millrace.serializers;

import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.Prediction;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.RouterInput;
import dev.millrace.events.Samples;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.testutils.DeeplyEqualsChecker;
import org.junit.jupiter.api.Nested;

/** Flink's own suite for serializers, over every codec of the events. */
class CodecSerializerTest {

    /** Events hold arrays and have no equality of their own: equal records have equal bytes. */
    abstract static class Contract<T> extends SerializerTestBase<T> {

        private final Class<T> type;
        private final Codec<T> codec;
        private final List<T> values;

        Contract(Class<T> type, Codec<T> codec, List<T> values) {
            super(new DeeplyEqualsChecker()
                    .withCustomCheck(
                            (left, right) -> type.isInstance(left) && type.isInstance(right),
                            (left, right, checker) ->
                                    Arrays.equals(codec.toBytes(type.cast(left)), codec.toBytes(type.cast(right)))));
            this.type = type;
            this.codec = codec;
            this.values = values;
        }

        @Override
        protected TypeSerializer<T> createSerializer() {
            return new CodecSerializer<>(codec);
        }

        @Override
        protected int getLength() {
            return -1;
        }

        @Override
        protected Class<T> getTypeClass() {
            return type;
        }

        @Override
        @SuppressWarnings("unchecked") // an array of T by its class
        protected T[] getTestData() {
            return values.toArray((T[]) Array.newInstance(type, 0));
        }

        /** Flink asks for an instance only to reuse it, which it does for no immutable type. */
        @Override
        protected boolean allowNullInstances(TypeSerializer<T> serializer) {
            return true;
        }
    }

    @Nested
    class OfEventIds extends Contract<EventId> {
        OfEventIds() {
            super(EventId.class, Codecs.EVENT_ID, Samples.IDS);
        }
    }

    @Nested
    class OfEvents extends Contract<Event> {
        OfEvents() {
            super(Event.class, Codecs.EVENT, Samples.events());
        }
    }

    @Nested
    class OfRouterInputs extends Contract<RouterInput> {
        OfRouterInputs() {
            super(RouterInput.class, Codecs.ROUTER_INPUT, Samples.routerInputs());
        }
    }

    @Nested
    class OfExamples extends Contract<Example> {
        OfExamples() {
            super(Example.class, Codecs.EXAMPLE, Samples.examples());
        }
    }

    @Nested
    class OfResolvedLabels extends Contract<ResolvedLabel> {
        OfResolvedLabels() {
            super(ResolvedLabel.class, Codecs.RESOLVED_LABEL, Samples.resolvedLabels());
        }
    }

    @Nested
    class OfShardInputs extends Contract<ShardInput> {
        OfShardInputs() {
            super(ShardInput.class, Codecs.SHARD_INPUT, Samples.shardInputs());
        }
    }

    @Nested
    class OfPredictions extends Contract<Prediction> {
        OfPredictions() {
            super(Prediction.class, Codecs.PREDICTION, Samples.predictions());
        }
    }

    @Nested
    class OfScoredLabels extends Contract<ScoredLabel> {
        OfScoredLabels() {
            super(ScoredLabel.class, Codecs.SCORED_LABEL, Samples.scoredLabels());
        }
    }
}
