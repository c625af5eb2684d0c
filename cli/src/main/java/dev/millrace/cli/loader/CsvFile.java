package dev.millrace.cli.loader;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file, read row by row: UTF-8, RFC 4180 quoting, one header line; gzipped if its name ends in {@code .gz}. Empty
 * lines are skipped.
 */
public final class CsvFile implements AutoCloseable {

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final Path path;
    private final CountedInput input;
    private final MappingIterator<String[]> rows;
    private final List<String> columns;
    private long row;

    private CsvFile(Path path, CountedInput input, MappingIterator<String[]> rows) {
        this.path = path;
        this.input = input;
        this.rows = rows;
        String[] header = next();
        if (header == null) {
            throw new WrongInputException(
                    path + " is empty; its first line must name the columns, e.g. transaction_id,amount,time");
        }
        this.columns = List.of(header);
    }

    /** @throws WrongInputException if there is no such file or it does not begin with a header */
    public static CsvFile open(Path path) {
        InputStream file = null;
        try {
            file = Files.newInputStream(path);
            CountedInput counted = new CountedInput(file);
            InputStream text = new BufferedInputStream(counted, 1 << 16);
            if (path.toString().endsWith(".gz")) {
                text = new GZIPInputStream(text, 1 << 16);
            }
            return new CsvFile(path, counted, MAPPER.readerFor(String[].class).readValues(text));
        } catch (IOException | WrongInputException e) {
            close(file);
            throw e instanceof WrongInputException wrong ? wrong : unreadable(path, (IOException) e);
        }
    }

    public Path path() {
        return path;
    }

    /** Names in the header. */
    public List<String> columns() {
        return columns;
    }

    /**
     * The cells of the next row, as many as there are columns; null after the last one.
     *
     * @throws WrongInputException if the row cannot be read or has another number of cells
     */
    public String @Nullable [] nextRow() {
        String[] cells = next();
        if (cells == null) {
            return null;
        }
        row++;
        if (cells.length != columns.size()) {
            throw new WrongInputException("row " + row + " of " + path + " has " + cells.length
                    + " cells where the header names " + columns.size()
                    + " columns; quote cells that contain commas or line breaks");
        }
        return cells;
    }

    /** How much of the file was read, in bytes as it lies on disk. */
    public long position() {
        return input.position();
    }

    @Override
    public void close() {
        close(input);
    }

    private String @Nullable [] next() {
        try {
            return rows.hasNextValue() ? rows.nextValue() : null;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static WrongInputException unreadable(Path path, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "there is no such file" : cause.getMessage();
        return new WrongInputException(
                "cannot read " + path + ": " + reason + "; give a CSV file, gzipped if its name ends in .gz", cause);
    }

    private static void close(@Nullable InputStream input) {
        try {
            if (input != null) {
                input.close();
            }
        } catch (IOException e) {
            // Nothing was written to it, so nothing is lost.
        }
    }
}
