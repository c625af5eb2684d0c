package dev.millrace.connectors.format;

import static dev.millrace.connectors.format.RecordDraft.beyondFloats;
import static dev.millrace.connectors.format.RecordDraft.notFinite;
import static dev.millrace.connectors.format.RecordDraft.rejected;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads one CSV line a record, UTF-8, RFC 4180: commas, double quotes doubled inside quotes, line breaks inside quotes.
 *
 * <p>A line end after the record is allowed. Every record has every column. An empty cell is missing, in quotes or not.
 * White space belongs to the value. Booleans are {@code true}, {@code false}, {@code 1} or {@code 0}.
 */
final class CsvRecordParser extends RecordParser {

    private static final FieldTarget[] SKIPPED = {};

    private final RecordDraft draft;
    private final FieldTarget[][] fieldsByColumn;

    CsvRecordParser(RecordDraft draft, List<String> columns) {
        super(draft);
        this.draft = draft;
        for (FieldTarget target : draft.targets()) {
            List<String> path = target.layout().path();
            int columnsOfName = path.size() == 1 ? Collections.frequency(columns, path.get(0)) : 0;
            if (columnsOfName != 1) {
                throw new IllegalArgumentException("column '" + String.join(".", path) + "' of field '" + target.name()
                        + "' must stand once among the columns, stands " + columnsOfName + " times among " + columns);
            }
        }
        this.fieldsByColumn = columns.stream()
                .map(column -> draft.targets().stream()
                        .filter(target -> target.layout().path().get(0).equals(column))
                        .toArray(FieldTarget[]::new))
                .map(fields -> fields.length == 0 ? SKIPPED : fields)
                .toArray(FieldTarget[][]::new);
    }

    @Override
    void read(byte[] value) throws RecordRejectedException {
        String line = decode(value);
        int end = endOf(line);
        if (line.isBlank()) {
            throw new RecordRejectedException(RejectReason.EMPTY, "the record is white space alone");
        }
        int at = 0;
        int column = 0;
        while (true) {
            boolean quoted = at < end && line.charAt(at) == '"';
            int cellEnd = quoted ? closingQuote(line, at, end) + 1 : nextComma(line, at, end);
            if (column < fieldsByColumn.length && fieldsByColumn[column].length > 0) {
                String cell = line.substring(quoted ? at + 1 : at, quoted ? cellEnd - 1 : cellEnd);
                readCell(fieldsByColumn[column], quoted ? cell.replace("\"\"", "\"") : cell);
            }
            column++;
            if (cellEnd == end) {
                break;
            }
            if (line.charAt(cellEnd) != ',') {
                throw malformed("something follows the closing quote of column " + column);
            }
            at = cellEnd + 1;
        }
        if (column != fieldsByColumn.length) {
            throw malformed(column + " columns, must be " + fieldsByColumn.length);
        }
    }

    /** The cells of a line that stands alone, such as a header. */
    static List<String> cells(byte[] value) throws RecordRejectedException {
        String line = decode(value);
        int end = endOf(line);
        List<String> cells = new ArrayList<>();
        for (int at = 0; at <= end; at++) {
            boolean quoted = at < end && line.charAt(at) == '"';
            int cellEnd = quoted ? closingQuote(line, at, end) + 1 : nextComma(line, at, end);
            String cell = line.substring(quoted ? at + 1 : at, quoted ? cellEnd - 1 : cellEnd);
            cells.add(quoted ? cell.replace("\"\"", "\"") : cell);
            if (cellEnd < end && line.charAt(cellEnd) != ',') {
                throw malformed("something follows the closing quote of column " + cells.size());
            }
            at = cellEnd;
        }
        return cells;
    }

    private static String decode(byte[] value) throws RecordRejectedException {
        for (byte next : value) {
            if (next < 0) {
                try {
                    return StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(value))
                            .toString();
                } catch (CharacterCodingException e) {
                    throw malformed("not UTF-8");
                }
            }
        }
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    /** Without the line end. */
    private static int endOf(String line) {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\n') {
            end--;
        }
        return end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private static int nextComma(String line, int start, int end) throws RecordRejectedException {
        int at = start;
        for (; at < end && line.charAt(at) != ','; at++) {
            char character = line.charAt(at);
            if (character == '"' || character == '\n' || character == '\r' || character == '\0') {
                throw malformed(
                        character == '"'
                                ? "a quote inside a cell without quotes"
                                : "a line break or zero byte inside a cell without quotes");
            }
        }
        return at;
    }

    private static int closingQuote(String line, int start, int end) throws RecordRejectedException {
        for (int at = start + 1; at < end; at++) {
            if (line.charAt(at) == '"') {
                if (at + 1 == end || line.charAt(at + 1) != '"') {
                    return at;
                }
                at++;
            }
        }
        throw malformed("a quote that is not closed");
    }

    private static RecordRejectedException malformed(String detail) {
        return new RecordRejectedException(RejectReason.MALFORMED, "not a CSV line: " + detail);
    }

    private void readCell(FieldTarget[] fields, String cell) throws RecordRejectedException {
        for (FieldTarget field : fields) {
            draft.markSeen(field);
            if (!cell.isEmpty()) {
                readValue(field, cell);
            }
        }
    }

    private void readValue(FieldTarget field, String cell) throws RecordRejectedException {
        switch (field.type()) {
            case NUMBER -> readNumber(field, cell);
            case BOOLEAN -> readBoolean(field, cell);
            case TIMESTAMP -> draft.setInstant(field, cell);
            case ID, STRING -> readText(field, cell);
        }
    }

    private void readNumber(FieldTarget field, String cell) throws RecordRejectedException {
        double value = DecimalText.parse(cell);
        if (Double.isNaN(value)) {
            throw DecimalText.isNotFinite(cell)
                    ? notFinite(field, cell)
                    : rejected(RejectReason.WRONG_TYPE, field, "a number", cell);
        }
        if (Float.isInfinite((float) value)) {
            throw beyondFloats(field, cell);
        }
        draft.setNumber(field, value);
        if (field.isId()) {
            draft.setId(field, cell);
        }
    }

    private void readBoolean(FieldTarget field, String cell) throws RecordRejectedException {
        switch (cell) {
            case "true", "True", "TRUE", "1" -> draft.setBoolean(field, true);
            case "false", "False", "FALSE", "0" -> draft.setBoolean(field, false);
            default -> throw rejected(RejectReason.WRONG_TYPE, field, "true, false, 1 or 0", cell);
        }
    }

    private void readText(FieldTarget field, String cell) throws RecordRejectedException {
        draft.setText(field, cell);
        if (field.isId()) {
            draft.setId(field, cell);
        }
    }
}
