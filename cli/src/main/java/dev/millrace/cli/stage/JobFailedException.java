package dev.millrace.cli.stage;

/** The job failed. The message is that of the innermost cause. */
public final class JobFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    JobFailedException(Exception failure) {
        super("the job failed: " + innermost(failure), failure);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    }
}
