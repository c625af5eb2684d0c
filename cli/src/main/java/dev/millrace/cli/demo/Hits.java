package dev.millrace.cli.demo;

import java.util.Locale;

/**
 * What a demo's results came to, by the simulator's own truth.
 *
 * @param results so far
 * @param right how many of them were
 */
record Hits(long results, long right) {

    /** In whole percent; a dash before the first result. */
    String share() {
        return results == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100.0 * right / results);
    }
}
