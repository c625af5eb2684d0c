package dev.millrace.serializers;

import dev.millrace.events.Codec;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Names the codec that wrote a state. Layouts evolve inside the codec, record by record, by their version byte: the same
 * codec class is always compatible as it is, another one never.
 */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int VERSION = 1;

    private @Nullable Codec<T> codec;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public CodecSerializerSnapshot() {}

    CodecSerializerSnapshot(Codec<T> codec) {
        this.codec = codec;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(codec().getClass().getName());
    }

    @Override
    @SuppressWarnings("unchecked") // the class was written by a snapshot of the same type
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader) throws IOException {
        String name = in.readUTF();
        try {
            Constructor<?> constructor =
                    Class.forName(name, true, userCodeClassLoader).getDeclaredConstructor();
            constructor.setAccessible(true);
            codec = (Codec<T>) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IOException(
                    "state was written by the codec " + name + ", which this release does not have; restore it with a"
                            + " release that does",
                    e);
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new CodecSerializer<>(codec());
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> oldSnapshot) {
        return oldSnapshot instanceof CodecSerializerSnapshot<T> old
                        && old.codec().getClass() == codec().getClass()
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }

    private Codec<T> codec() {
        return Objects.requireNonNull(codec, "readSnapshot comes first");
    }
}
