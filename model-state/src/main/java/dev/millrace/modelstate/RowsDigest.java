package dev.millrace.modelstate;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Tells one set of embedding rows from another, in whatever order they come: four sums modulo 2<sup>64</sup> over the SHA-256 of
 * each row's table, id and values.
 *
 * @param rows how many there are
 */
public record RowsDigest(long rows, long a, long b, long c, long d) {

    public static final RowsDigest NONE = new RowsDigest(0, 0, 0, 0, 0);

    static RowsDigest of(RowName name, StoredRow row) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + Float.BYTES * row.values().length);
        bytes.putInt(name.table()).putLong(name.id());
        for (float value : row.values()) {
            bytes.putFloat(value);
        }
        return of(bytes.array());
    }

    /** Of one row, by all its bytes. */
    public static RowsDigest of(byte[] row) {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(row));
        return new RowsDigest(1, hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    public RowsDigest plus(RowsDigest other) {
        return new RowsDigest(rows + other.rows, a + other.a, b + other.b, c + other.c, d + other.d);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
