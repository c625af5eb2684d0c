package dev.millrace.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in a pipeline file.
 *
 * @param path where, for example {@code features[2].transform[0]}; empty for the file as a whole
 * @param line line of the file, counted from 1
 * @param value what is written there; null where nothing is
 * @param rule what must hold, as the rest of a sentence that starts with the path: {@code must be at least 1}
 * @param remedy what to do: {@code set it to the number of rows per update, e.g. 256}
 */
public record Problem(String path, int line, @Nullable String value, String rule, String remedy) {

    /** For example {@code training.batch must be at least 1, got 0; set it to the number of rows per update, e.g. 256}. */
    public String message() {
        return (path.isEmpty() ? "the file" : path) + " " + rule + (value == null ? "" : ", got " + value) + "; "
                + remedy;
    }

    @Override
    public String toString() {
        return "line " + line + ": " + message();
    }
}
