package dev.millrace.events;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * The bytes of a record, on the wire between operators and in state.
 *
 * <p>The first byte is the version of the layout. A codec writes its newest version and reads every version it ever
 * wrote; an unknown one is an error that says so. Equal records have equal bytes.
 *
 * <p>Codecs have no state and a constructor without parameters. State that was saved names its codec by class, so the
 * class keeps its name for ever.
 */
public interface Codec<T> extends Serializable {

    void write(T value, DataOutput output) throws IOException;

    T read(DataInput input) throws IOException;

    default byte[] toBytes(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try {
            write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
