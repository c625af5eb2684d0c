package dev.millrace.serializers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeInformationTestBase;
import org.junit.jupiter.api.Test;

/** Flink's own suite for type information, and what our streams need of it. */
class CodecTypeInformationTest extends TypeInformationTestBase<CodecTypeInformation<?>> {

    @Override
    protected CodecTypeInformation<?>[] getTestData() {
        return new CodecTypeInformation<?>[] {
            (CodecTypeInformation<?>) CodecTypeInformation.EVENT,
            (CodecTypeInformation<?>) CodecTypeInformation.EVENT_ID,
            (CodecTypeInformation<?>) CodecTypeInformation.ROUTER_INPUT,
            (CodecTypeInformation<?>) CodecTypeInformation.SHARD_INPUT,
            (CodecTypeInformation<?>) CodecTypeInformation.PREDICTION,
            (CodecTypeInformation<?>) CodecTypeInformation.SCORED_LABEL
        };
    }

    @Test
    void typesOfTheSameClassAndCodecAreEqual() {
        TypeInformation<EventId> again = CodecTypeInformation.of(EventId.class, Codecs.EVENT_ID);
        assertThat(again).isEqualTo(CodecTypeInformation.EVENT_ID).hasSameHashCodeAs(CodecTypeInformation.EVENT_ID);
        assertThat(again).isNotEqualTo(CodecTypeInformation.EVENT);
    }

    @Test
    void onlyWhatHasAnOrderIsAKey() {
        assertThat(CodecTypeInformation.EVENT_ID.isKeyType()).isTrue();
        assertThat(CodecTypeInformation.EVENT.isKeyType()).isFalse();
    }

    @Test
    void itsSerializerIsTheCodecAndNeverKryo() {
        SerializerConfigImpl withoutGenericTypes = new SerializerConfigImpl();
        withoutGenericTypes.setGenericTypes(false);
        assertThat(CodecTypeInformation.EVENT.createSerializer(withoutGenericTypes))
                .isEqualTo(new CodecSerializer<>(Codecs.EVENT));
        assertThat(CodecTypeInformation.EVENT.getTypeClass()).isEqualTo(Event.class);
    }
}
