package dev.millrace.connectors.format;

import java.nio.ByteBuffer;

/**
 * The number of a row in its files, sent along as a header where rows have no id of their own: the same id whatever the
 * number of partitions. Eight bytes, big-endian.
 */
public final class RowNumber {

    public static final String HEADER = "millrace-row";

    private RowNumber() {}

    public static byte[] encode(long row) {
        return ByteBuffer.allocate(Long.BYTES).putLong(row).array();
    }

    static long decode(byte[] header) throws RecordRejectedException {
        if (header.length != Long.BYTES) {
            throw new RecordRejectedException(
                    RejectReason.MISSING_ID,
                    "header '" + HEADER + "' must have " + Long.BYTES + " bytes, has " + header.length);
        }
        return ByteBuffer.wrap(header).getLong();
    }
}
