package dev.millrace.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the mistakes of one file, so that all are reported at once. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** What is written at {@code place} breaks a rule. */
    void add(Place place, String rule, String remedy) {
        found.add(new Problem(place.path(), place.line(), place.shown(), rule, remedy));
    }

    /** A rule is broken at {@code place} whatever the value. */
    void addWithoutValue(Place place, String rule, String remedy) {
        found.add(new Problem(place.path(), place.line(), null, rule, remedy));
    }

    void add(Problem problem) {
        found.add(problem);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** By line, those of one line in the order of discovery. */
    List<Problem> byLine() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
