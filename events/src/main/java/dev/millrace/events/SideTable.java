package dev.millrace.events;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Rows that do not flow: what a file says of items, users or shops, each by its key.
 *
 * <p>Holds the rows packed, as they travel with a job from the client to each of its subtasks, which {@link #unpack} them
 * once. The bytes are for that way only and outlive no release.
 */
public final class SideTable implements Serializable {

    private static final long serialVersionUID = 1L;

    private final List<Field> fields;
    private final int rowCount;
    private final byte[] packed;

    private SideTable(List<Field> fields, int rowCount, byte[] packed) {
        this.fields = fields;
        this.rowCount = rowCount;
        this.packed = packed;
    }

    /** What it tells of a key, in order. */
    public List<Field> fields() {
        return fields;
    }

    public int rowCount() {
        return rowCount;
    }

    /** The rows by their keys: a new map, which takes several times the memory of the table. */
    public Map<String, TableRow> unpack() {
        Map<String, TableRow> rows = new HashMap<>(rowCount * 2);
        try (DataInputStream input = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            for (int row = 0; row < rowCount; row++) {
                String key = Wire.readText(input);
                rows.put(key, new TableRow(Wire.readDoubles(input), Wire.readNullableTexts(input)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a side table was damaged on its way", e);
        }
        return rows;
    }

    /** Packs a table row by row. */
    public static final class Packer {

        private final List<Field> fields;
        private final int numbers;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream output = new DataOutputStream(new DeflaterOutputStream(bytes));
        private final Set<String> keys = new HashSet<>();

        public Packer(List<Field> fields) {
            this.fields = List.copyOf(fields);
            this.numbers = (int)
                    fields.stream().filter(field -> field.type().isNumeric()).count();
        }

        /**
         * Whether the key is new; the row of one that is not is left out.
         *
         * @throws IllegalArgumentException if the row has not a value, or a gap, for each field
         */
        public boolean add(String key, TableRow row) {
            if (row.numbers().length != numbers || row.texts().length != fields.size() - numbers) {
                throw new IllegalArgumentException("row '" + key + "' has " + row.numbers().length + " numbers and "
                        + row.texts().length + " texts for the fields " + fields);
            }
            if (!keys.add(key)) {
                return false;
            }
            try {
                Wire.writeText(output, key);
                Wire.writeDoubles(output, row.numbers());
                Wire.writeNullableTexts(output, row.texts());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        }

        /** The table; nothing is added afterwards. */
        public SideTable pack() {
            try {
                output.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new SideTable(fields, keys.size(), bytes.toByteArray());
        }
    }
}
