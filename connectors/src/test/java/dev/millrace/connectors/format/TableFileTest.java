package dev.millrace.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.events.Field;
import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.SideTable;
import dev.millrace.events.TableRow;
import dev.millrace.events.TimestampFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFileTest {

    private static final List<FieldLayout> FIELDS = List.of(
            field("items.title", FieldType.STRING, "title"),
            field("items.year", FieldType.NUMBER, "released"),
            field("items.new", FieldType.BOOLEAN, "new"),
            new FieldLayout("items.since", FieldType.TIMESTAMP, List.of("since"), new TimestampFormat.Iso()));

    private static final String HEADER = "id,title,other,released,new,since\n";

    @TempDir
    Path folder;

    @Test
    void readsDeclaredColumnsAsTheirTypesAndEmptyCellsAsMissing() throws IOException {
        SideTable table = read(HEADER + "7,\"Se7en, \"\"the\"\" film\",?,1995,0,1995-09-22\n\r\n  8 ,,x,,,\r\n"
                + "nine,\"two\nlines\",,1e3,true,2001-09-09T01:46:40Z");
        assertThat(table.fields())
                .containsExactly(
                        new Field("items.title", FieldType.STRING),
                        new Field("items.year", FieldType.NUMBER),
                        new Field("items.new", FieldType.BOOLEAN),
                        new Field("items.since", FieldType.TIMESTAMP));
        Map<String, TableRow> rows = table.unpack();
        assertThat(rows).containsOnlyKeys("7", "  8 ", "nine");
        assertThat(rows.get("7").texts()).containsExactly("Se7en, \"the\" film");
        assertThat(rows.get("7").numbers()).containsExactly(1995, 0, 811_728_000_000.0);
        assertThat(rows.get("  8 ").texts()).containsExactly((String) null);
        assertThat(rows.get("  8 ").numbers()).containsOnly(Double.NaN);
        assertThat(rows.get("nine").texts()).containsExactly("two\nlines");
        assertThat(rows.get("nine").numbers()).containsExactly(1000, 1, 1_000_000_000_000.0);
    }

    @Test
    void readsGzippedFilesAndHeadersWithByteOrderMark() throws IOException {
        Path file = folder.resolve("items.csv.gz");
        try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(file))) {
            output.write(("\uFEFF\"id\",title,released,new,since\n7,x,1,1,\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(TableFile.read("items", file, "id", FIELDS).rowCount()).isEqualTo(1);
    }

    /** {@code movie: {file: …, key: id, fields: {id: id}}} */
    @Test
    void theKeyMayBeAFieldToo() throws IOException {
        Path file = Files.writeString(folder.resolve("items.csv"), "id\n7\n");
        SideTable table = TableFile.read("items", file, "id", List.of(field("items.id", FieldType.NUMBER, "id")));
        assertThat(table.unpack().get("7").numbers()).containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | must not be empty; name the columns in its first line",
                "id,title,released,new | must have one column 'since', has none among id, title, released, new; correct",
                "title,released,new,since | must have one column 'id', has none among",
                "id,title,title,released,new,since | must have one column 'title', has 2 among",
                "id,\"title,released | must name its columns in the first line: not a CSV line: a quote that is not closed",
                "id,title,released,new,since#7,a,1,1,#,b,2,1, | must have a key in every line, line 3 has none in column 'id'",
                "id,title,released,new,since#7,a,1,1,##8,\"b#b\",2,1,#7,c,3,1, | lines 2 and 6 are both of '7'; remove",
                "id,title,released,new,since#7,a,soon,1, | line 2 is not: field 'items.year' must be a number, got 'soon'",
                "id,title,released,new,since#7,a,1,2, | line 2 is not: field 'items.new' must be true, false, 1 or 0",
                "id,title,released,new,since#7,a,1 | line 2 is not: not a CSV line: 3 columns, must be 5"
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatExceptionOfType(TableFileException.class)
                .isThrownBy(() -> read(text.replace('#', '\n')))
                .withMessageStartingWith("table 'items', file ")
                .withMessageContaining("items.csv, ")
                .withMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsSaidWithItsRemedy() {
        assertThatExceptionOfType(TableFileException.class)
                .isThrownBy(() -> TableFile.read("items", folder.resolve("nowhere.csv"), "id", FIELDS))
                .withMessageStartingWith("tables.items.file must name a file that exists, got ")
                .withMessageEndingWith(
                        "its path is relative to the pipeline file, and --table items=FILE names another" + " one");
        assertThatExceptionOfType(TableFileException.class)
                .isThrownBy(() -> TableFile.read("items", folder, "id", FIELDS))
                .withMessageContaining("cannot be read");
    }

    @Test
    void aTableThatMemoryHasNoRoomForIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("items.csv"), HEADER + "7,a,,1,1,\n");
        int bytes = (int) Files.size(file);
        assertThat(TableFile.read("items", file, "id", FIELDS, bytes).rowCount())
                .isEqualTo(1);
        assertThatExceptionOfType(TableFileException.class)
                .isThrownBy(() -> TableFile.read("items", file, "id", FIELDS, bytes - 1))
                .withMessageContaining("must have at most " + (bytes - 1) + " bytes of text")
                .withMessageContaining("put the fields into the events");
    }

    private SideTable read(String text) throws IOException {
        return TableFile.read("items", Files.writeString(folder.resolve("items.csv"), text), "id", FIELDS);
    }

    private static FieldLayout field(String name, FieldType type, String column) {
        return new FieldLayout(name, type, List.of(column), null);
    }
}
