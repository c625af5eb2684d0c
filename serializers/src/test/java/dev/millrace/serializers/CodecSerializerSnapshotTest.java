package dev.millrace.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.EventId;
import dev.millrace.events.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CodecSerializerSnapshotTest {

    @Test
    void theRestoredSerializerReadsWhatTheSavedOneWrote() throws IOException {
        CodecSerializer<EventId> saved = new CodecSerializer<>(Codecs.EVENT_ID);
        byte[] snapshot = written(saved.snapshotConfiguration());
        TypeSerializerSnapshot<EventId> restored = read(snapshot);
        TypeSerializer<EventId> serializer = restored.restoreSerializer();
        assertThat(serializer).isEqualTo(saved);
        for (EventId id : Samples.IDS) {
            DataOutputSerializer output = new DataOutputSerializer(16);
            saved.serialize(id, output);
            DataInputDeserializer input = new DataInputDeserializer(output.getCopyOfBuffer());
            assertThat(serializer.deserialize(input)).isEqualTo(id);
            assertThat(input.available()).isZero();
        }
    }

    @Test
    void theSameCodecIsCompatibleAsItIsAndAnotherNever() throws IOException {
        TypeSerializerSnapshot<EventId> saved =
                read(written(new CodecSerializer<>(Codecs.EVENT_ID).snapshotConfiguration()));
        TypeSerializerSnapshot<EventId> same = new CodecSerializer<>(Codecs.EVENT_ID).snapshotConfiguration();
        assertThat(same.resolveSchemaCompatibility(saved).isCompatibleAsIs()).isTrue();

        @SuppressWarnings({"unchecked", "rawtypes"}) // what Flink hands over where a state's type was changed
        TypeSerializerSnapshot<EventId> another =
                (TypeSerializerSnapshot) new CodecSerializer<>(Codecs.EVENT).snapshotConfiguration();
        assertThat(another.resolveSchemaCompatibility(saved).isIncompatible()).isTrue();
    }

    @Test
    void aCodecThatThisReleaseLacksIsNamedWithTheRemedy() throws IOException {
        DataOutputSerializer output = new DataOutputSerializer(64);
        output.writeUTF("dev.millrace.events.Codecs$SomeLaterCodec");
        assertThatIOException()
                .isThrownBy(() -> read(output.getCopyOfBuffer()))
                .withMessageContaining("dev.millrace.events.Codecs$SomeLaterCodec")
                .withMessageContaining("restore it with a release that does");
    }

    /**
     * The names of the codecs stand in every savepoint. A name may be added here; one that is changed or removed makes
     * savepoints of earlier releases unreadable.
     */
    @Test
    void theNamesInSnapshotsAreThoseOfEarlierReleases() throws Exception {
        List<String> names = Arrays.stream(Codecs.class.getFields())
                .filter(field -> Codec.class.isAssignableFrom(field.getType()))
                .map(CodecSerializerSnapshotTest::nameInSnapshot)
                .sorted()
                .toList();
        List<String> known;
        try (var file = CodecSerializerSnapshotTest.class.getResourceAsStream("/codec-names.txt")) {
            known = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(names).isEqualTo(known);
    }

    private static String nameInSnapshot(Field field) {
        try {
            Codec<?> codec = (Codec<?>) field.get(null);
            byte[] snapshot = written(new CodecSerializer<>(codec).snapshotConfiguration());
            return new DataInputDeserializer(snapshot).readUTF();
        } catch (IOException | ReflectiveOperationException e) {
            throw new AssertionError(field.getName(), e);
        }
    }

    private static byte[] written(TypeSerializerSnapshot<?> snapshot) throws IOException {
        assertThat(snapshot.getCurrentVersion()).isEqualTo(1);
        DataOutputSerializer output = new DataOutputSerializer(64);
        snapshot.writeSnapshot(output);
        return output.getCopyOfBuffer();
    }

    private static TypeSerializerSnapshot<EventId> read(byte[] bytes) throws IOException {
        CodecSerializerSnapshot<EventId> snapshot = new CodecSerializerSnapshot<>();
        snapshot.readSnapshot(
                1,
                new DataInputViewStreamWrapper(new ByteArrayInputStream(bytes)),
                CodecSerializerSnapshotTest.class.getClassLoader());
        return snapshot;
    }
}
