package dev.millrace.features.aggregates;

import dev.millrace.events.StableHash;
import java.util.Arrays;
import java.util.List;

/**
 * What an {@link EntityLog} stores of each event beside time, id and label, as 32-bit hashes of names: a log that was saved says what
 * its columns are, so that they find their place after the features of the pipeline have changed.
 *
 * @param numbers numeric fields, a double each
 * @param categories fields of which a 64-bit hash is stored, 0 for a missing value
 * @param flags what is decided when an event enters, a bit each, lowest first
 */
record LogLayout(int[] numbers, int[] categories, int[] flags) {

    static final int MOST_FLAGS = 64;

    static final LogLayout EMPTY = new LogLayout(new int[0], new int[0], new int[0]);

    private static final long SEED = 0x656E74697479L;

    static LogLayout of(List<String> numbers, List<String> categories, List<String> flags) {
        return new LogLayout(names(numbers), names(categories), names(flags));
    }

    private static int[] names(List<String> names) {
        return names.stream().mapToInt(name -> (int) StableHash.of(name, SEED)).toArray();
    }

    boolean same(LogLayout other) {
        return this == other
                || (Arrays.equals(numbers, other.numbers)
                        && Arrays.equals(categories, other.categories)
                        && Arrays.equals(flags, other.flags));
    }

    /** Index of a name, -1 if there is none. */
    static int indexOf(int[] names, int name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }
}
