package dev.millrace.connectors.format;

import org.jspecify.annotations.Nullable;

/** The file of a side table cannot be used. The message is for the user: which, the line, the rule and the remedy. */
public final class TableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TableFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
