package dev.millrace.cli.loader;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One CSV line a row, in the order of columns that the pipeline declares. A column that the file lacks stays empty. */
final class CsvRowEncoder implements RowEncoder {

    private final int[] sourceColumns;
    private final StringBuilder line = new StringBuilder(256);

    CsvRowEncoder(List<String> declared, List<String> columns) {
        this.sourceColumns = declared.stream().mapToInt(columns::indexOf).toArray();
    }

    @Override
    public byte[] encode(String[] cells) {
        line.setLength(0);
        for (int i = 0; i < sourceColumns.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            if (sourceColumns[i] >= 0) {
                append(cells[sourceColumns[i]]);
            }
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        if (plain) {
            line.append(cell);
        } else {
            line.append('"').append(cell.replace("\"", "\"\"")).append('"');
        }
    }
}
