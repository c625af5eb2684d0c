package dev.millrace.cli;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.stage.JobFailedException;
import dev.millrace.connectors.TopicsException;
import dev.millrace.connectors.format.TableFileException;
import dev.millrace.pipeline.InvalidPipelineException;
import java.io.PrintStream;
import picocli.CommandLine.ExitCode;

/** Says what went wrong: as it is where the message was written for users, with a way to more where it was not. */
record ErrorReport(PrintStream stream, boolean debug) {

    private static final String LOG_PROPERTY = "millrace.log";

    /** @return the exit code */
    int print(Exception failure) {
        if (debug) {
            failure.printStackTrace(stream);
        } else {
            stream.println("millrace: " + sentence(failure));
        }
        return ExitCode.SOFTWARE;
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
        if (failure instanceof WrongInputException
                || failure instanceof InvalidPipelineException
                || failure instanceof TopicsException
                || failure instanceof TableFileException) {
            return message;
        }
        String log = System.getProperty(LOG_PROPERTY);
        String more = log == null ? "" : "; the log is " + log;
        return failure instanceof JobFailedException
                ? message + more
                : message + " (" + failure.getClass().getSimpleName() + "); --debug prints where" + more;
    }
}
