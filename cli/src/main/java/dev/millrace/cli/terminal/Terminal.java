package dev.millrace.cli.terminal;

import java.io.PrintStream;

/**
 * Where a command speaks to.
 *
 * @param out results
 * @param err progress and problems
 * @param interactive whether a person looks on: then progress is drawn in place
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    private static final String INTERACTIVE_PROPERTY = "millrace.terminal";

    /** That of this process; the launcher knows whether it is one, the JVM does not. */
    public static Terminal ofProcess() {
        return new Terminal(System.out, System.err, Boolean.getBoolean(INTERACTIVE_PROPERTY));
    }

    public Progress progress(String task, long total, String unit) {
        return Progress.show(task, total, unit, interactive, err);
    }

    /** A line on what happens now. */
    public void say(String line) {
        err.println(line);
    }
}
