package dev.millrace.connectors;

import org.jspecify.annotations.Nullable;

/** The topics of a pipeline are not as it needs them. The message is for the user: what is wrong and what to do. */
public final class TopicsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
