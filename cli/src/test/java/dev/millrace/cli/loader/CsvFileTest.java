package dev.millrace.cli.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

    @TempDir
    Path directory;

    @Test
    void readsHeaderAndRows() throws IOException {
        try (CsvFile file = CsvFile.open(plain("id,note\n1,\"a, \"\"b\"\"\"\n\n2,\n"))) {
            assertThat(file.columns()).containsExactly("id", "note");
            assertThat(file.nextRow()).containsExactly("1", "a, \"b\"");
            assertThat(file.nextRow()).containsExactly("2", "");
            assertThat(file.nextRow()).isNull();
        }
    }

    @Test
    void readsGzippedFiles() throws IOException {
        Path path = directory.resolve("events.csv.gz");
        try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(path))) {
            output.write("id\r\n7\r\n".getBytes(StandardCharsets.UTF_8));
        }
        try (CsvFile file = CsvFile.open(path)) {
            assertThat(file.nextRow()).containsExactly("7");
            assertThat(file.nextRow()).isNull();
            assertThat(file.position()).isEqualTo(Files.size(path));
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        try (CsvFile file = CsvFile.open(plain("\uFEFFid,amount\n"))) {
            assertThat(file.columns()).containsExactly("id", "amount");
        }
    }

    @Test
    void saysWhichRowHasTheWrongNumberOfCells() throws IOException {
        Path path = plain("id,amount\n1,2\n1,2,3\n");
        try (CsvFile file = CsvFile.open(path)) {
            file.nextRow();
            assertThatThrownBy(file::nextRow)
                    .isInstanceOf(WrongInputException.class)
                    .hasMessage("row 2 of " + path + " has 3 cells where the header names 2 columns; quote cells that "
                            + "contain commas or line breaks");
        }
    }

    @Test
    void refusesWhatIsNoFileOrEmpty() throws IOException {
        Path missing = directory.resolve("missing.csv");
        assertThatThrownBy(() -> CsvFile.open(missing))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith("cannot read " + missing + ": there is no such file");
        Path empty = plain("");
        assertThatThrownBy(() -> CsvFile.open(empty))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith(empty + " is empty");
        Path notGzipped = Files.writeString(directory.resolve("plain.csv.gz"), "id\n1\n");
        assertThatThrownBy(() -> CsvFile.open(notGzipped))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith("cannot read " + notGzipped);
    }

    private Path plain(String text) throws IOException {
        return Files.writeString(directory.resolve("events.csv"), text);
    }
}
