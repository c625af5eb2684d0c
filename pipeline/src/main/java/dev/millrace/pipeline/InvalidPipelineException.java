package dev.millrace.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** A pipeline file has mistakes: all of them, by line. */
public final class InvalidPipelineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    InvalidPipelineException(String source, List<Problem> problems) {
        super(source
                + (problems.size() == 1 ? " has a problem:" : " has " + problems.size() + " problems:")
                + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
        this.problems = List.copyOf(problems);
    }

    /** At least one, by line. */
    public List<Problem> problems() {
        return problems;
    }
}
