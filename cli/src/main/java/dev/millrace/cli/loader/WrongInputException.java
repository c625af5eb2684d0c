package dev.millrace.cli.loader;

/** A file or an option's value cannot be used. The message names it, the rule and the remedy: it is shown as it is. */
public final class WrongInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WrongInputException(String message) {
        super(message);
    }

    public WrongInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
