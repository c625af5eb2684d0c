package dev.millrace.serializers;

import dev.millrace.events.Alert;
import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Prediction;
import dev.millrace.events.Recommendation;
import dev.millrace.events.RouterInput;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The type of a stream whose records a {@link Codec} writes. */
public final class CodecTypeInformation<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    public static final TypeInformation<Event> EVENT = of(Event.class, Codecs.EVENT);
    public static final TypeInformation<EventId> EVENT_ID = of(EventId.class, Codecs.EVENT_ID);
    public static final TypeInformation<RouterInput> ROUTER_INPUT = of(RouterInput.class, Codecs.ROUTER_INPUT);
    public static final TypeInformation<ShardInput> SHARD_INPUT = of(ShardInput.class, Codecs.SHARD_INPUT);
    public static final TypeInformation<Prediction> PREDICTION = of(Prediction.class, Codecs.PREDICTION);
    public static final TypeInformation<ScoredLabel> SCORED_LABEL = of(ScoredLabel.class, Codecs.SCORED_LABEL);
    public static final TypeInformation<Alert> ALERT = of(Alert.class, Codecs.ALERT);
    public static final TypeInformation<Recommendation> RECOMMENDATION =
            of(Recommendation.class, Codecs.RECOMMENDATION);

    private final Class<T> type;
    private final Codec<T> codec;

    private CodecTypeInformation(Class<T> type, Codec<T> codec) {
        this.type = type;
        this.codec = codec;
    }

    public static <T> TypeInformation<T> of(Class<T> type, Codec<T> codec) {
        return new CodecTypeInformation<>(type, codec);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return Comparable.class.isAssignableFrom(type);
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new CodecSerializer<>(codec);
    }

    @Override
    public boolean canEqual(Object object) {
        return object instanceof CodecTypeInformation;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof CodecTypeInformation<?> other
                && type == other.type
                && codec.getClass() == other.codec.getClass();
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
