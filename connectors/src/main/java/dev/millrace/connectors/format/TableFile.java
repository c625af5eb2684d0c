package dev.millrace.connectors.format;

import dev.millrace.events.Event;
import dev.millrace.events.Field;
import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.events.SideTable;
import dev.millrace.events.TableRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a side table: a CSV file with a header line, gzipped if its name ends in {@code .gz}. Its lines are read by the
 * parser of CSV records: what is a number, a time or missing there is one here. Empty lines are skipped.
 */
public final class TableFile {

    /** Of its text: every subtask holds the table in memory. */
    static final int MOST_BYTES = 64 << 20;

    private final String table;
    private final Path file;
    private final int mostBytes;

    private TableFile(String table, Path file, int mostBytes) {
        this.table = table;
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /**
     * The rows of a file.
     *
     * @param table its name, for error texts
     * @param key the column that names the row
     * @param fields what is read of a row, each with its column as path
     * @throws TableFileException if there is no such file, or a line of it is wrong
     */
    public static SideTable read(String table, Path file, String key, List<FieldLayout> fields) {
        return read(table, file, key, fields, MOST_BYTES);
    }

    static SideTable read(String table, Path file, String key, List<FieldLayout> fields, int mostBytes) {
        TableFile source = new TableFile(table, file, mostBytes);
        return source.rows(source.text(), key, fields);
    }

    private byte[] text() {
        byte[] text;
        try (InputStream input = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(input, 1 << 16) : input) {
            text = plain.readNBytes(mostBytes + 1);
        } catch (NoSuchFileException e) {
            throw new TableFileException(
                    "tables." + table + ".file must name a file that exists, got " + file
                            + "; its path is relative to the pipeline file, and --table " + table
                            + "=FILE names another one",
                    e);
        } catch (IOException e) {
            throw wrong("cannot be read: " + e.getMessage(), "give a CSV file, gzipped if its name ends in .gz", e);
        }
        if (text.length > mostBytes) {
            throw wrong(
                    "must have at most " + mostBytes + " bytes of text, because every task holds it in memory",
                    "leave rows and columns out that nothing reads, or put the fields into the events",
                    null);
        }
        return text;
    }

    private SideTable rows(byte[] text, String key, List<FieldLayout> fields) {
        CsvLines lines = new CsvLines(text);
        List<String> columns = header(lines);
        requireColumn(columns, key);
        fields.forEach(field -> requireColumn(columns, field.path().get(0)));

        // First, so that it has the first slot of the texts.
        FieldLayout keyField = new FieldLayout("key of " + table, FieldType.ID, List.of(key), null);
        List<FieldLayout> all = new ArrayList<>(List.of(keyField));
        all.addAll(fields);
        RecordLayout layout = new RecordLayout(new RecordFormat.Csv(columns), all, null, null, null, null);
        RecordParser parser = RecordParser.of(layout, RecordLimits.DEFAULT);
        int numbers = layout.schema().numberCount();
        int texts = layout.schema().textCount();

        SideTable.Packer packer = new SideTable.Packer(fields.stream()
                .map(field -> new Field(field.name(), field.type()))
                .toList());
        Map<String, Integer> lineByKey = new HashMap<>();
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            Event row = row(parser, line, lines.number());
            String rowKey = row.text(0);
            if (rowKey == null) {
                throw wrong(
                        "must have a key in every line, line " + lines.number() + " has none in column '" + key + "'",
                        "fill it in, or remove the line",
                        null);
            }
            Integer other = lineByKey.putIfAbsent(rowKey, lines.number());
            if (other != null) {
                throw wrong(
                        "must have each key once, lines " + other + " and " + lines.number() + " are both of "
                                + RecordRejectedException.shown(rowKey),
                        "remove one of the two",
                        null);
            }
            double[] rowNumbers = new double[numbers];
            Arrays.setAll(rowNumbers, row::number);
            String[] rowTexts = new String[texts - 1];
            Arrays.setAll(rowTexts, slot -> row.text(slot + 1));
            packer.add(rowKey, new TableRow(rowNumbers, rowTexts));
        }
        return packer.pack();
    }

    private List<String> header(CsvLines lines) {
        byte[] line = lines.next();
        if (line == null) {
            throw wrong("must not be empty", "name the columns in its first line, e.g. item_id,title,year", null);
        }
        try {
            return CsvRecordParser.cells(line);
        } catch (RecordRejectedException e) {
            throw wrong("must name its columns in the first line: " + e.detail(), "correct the line", e);
        }
    }

    private void requireColumn(List<String> columns, String column) {
        int times = Collections.frequency(columns, column);
        if (times != 1) {
            throw wrong(
                    "must have one column '" + column + "', has " + (times == 0 ? "none" : times) + " among "
                            + String.join(", ", columns),
                    "correct the header, or write {number: COLUMN} where a field has another name than its column",
                    null);
        }
    }

    private Event row(RecordParser parser, byte[] line, int number) {
        try {
            return parser.parseEvent(line, new RecordOrigin(table, 0, number, 0, null));
        } catch (RecordRejectedException e) {
            throw wrong(
                    "must be as its fields are declared, line " + number + " is not: " + e.detail(),
                    "correct the line, or the type in tables." + table + ".fields",
                    e);
        }
    }

    private TableFileException wrong(String rule, String remedy, @Nullable Exception cause) {
        return new TableFileException("table '" + table + "', file " + file + ", " + rule + "; " + remedy, cause);
    }
}
