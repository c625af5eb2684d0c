package dev.millrace.connectors.format;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How large a record may be before it is rejected.
 *
 * @param recordBytes length of the value
 * @param textLength length of one text in UTF-16 code units; of an id {@link #ID_LENGTH}
 * @param depth how deep JSON objects and arrays nest, the record itself included
 */
public record RecordLimits(int recordBytes, int textLength, int depth) implements Serializable {

    /** Longest id in UTF-16 code units. */
    public static final int ID_LENGTH = 256;

    /** 900 KiB: with the headers of a dead letter just below what brokers take unless configured otherwise. */
    public static final RecordLimits DEFAULT = new RecordLimits(900 << 10, 64 << 10, 32);

    public RecordLimits {
        requirePositive("record bytes", recordBytes);
        requirePositive("text length", textLength);
        requirePositive("depth", depth);
    }

    /** The value, if there is one and it is not too large. */
    byte[] requireReadable(byte @Nullable [] value) throws RecordRejectedException {
        if (value == null || value.length == 0) {
            throw new RecordRejectedException(RejectReason.EMPTY, "the record has no value");
        }
        if (value.length > recordBytes) {
            throw new RecordRejectedException(
                    RejectReason.OVERSIZED, "the record has " + value.length + " bytes, allowed are " + recordBytes);
        }
        return value;
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the limit of " + what + " must be at least 1, got " + value);
        }
    }
}
