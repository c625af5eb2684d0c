package dev.millrace.connectors.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The records of a CSV text: its lines, but for line breaks inside quotes. Empty lines are skipped, and so is a byte order mark. */
final class CsvLines {

    /** Of UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] text;
    private int at;
    private int linesBefore;
    private int number;

    CsvLines(byte[] text) {
        this.text = text;
        this.at = Arrays.equals(
                        text,
                        0,
                        Math.min(BYTE_ORDER_MARK.length, text.length),
                        BYTE_ORDER_MARK,
                        0,
                        BYTE_ORDER_MARK.length)
                ? BYTE_ORDER_MARK.length
                : 0;
    }

    /** Without its line end; null after the last one. */
    byte @Nullable [] next() {
        while (at < text.length) {
            int start = at;
            number = linesBefore + 1;
            int end = endOfRecord();
            if (end > start && text[end - 1] == '\r') {
                end--;
            }
            if (end > start) {
                return Arrays.copyOfRange(text, start, end);
            }
        }
        return null;
    }

    /** Line of the text that the last record begins in, counted from 1. */
    int number() {
        return number;
    }

    /** Where it ends; what follows is next. A quote inside quotes is doubled, so that their parity tells inside from outside. */
    private int endOfRecord() {
        boolean quoted = false;
        for (; at < text.length; at++) {
            if (text[at] == '"') {
                quoted = !quoted;
            } else if (text[at] == '\n') {
                linesBefore++;
                if (!quoted) {
                    return at++;
                }
            }
        }
        return at;
    }
}
