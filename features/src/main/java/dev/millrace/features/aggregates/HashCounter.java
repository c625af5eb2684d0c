package dev.millrace.features.aggregates;

import java.util.Arrays;

/** Counts different hashes; 0 stands for none. Scratch memory that is used again and again. */
final class HashCounter {

    private long[] table = new long[64];
    private int mask = table.length - 1;
    private int count;

    /** @param most how many hashes will be added at most */
    void clear(int most) {
        int length = Integer.highestOneBit(Math.max(16, most)) << 2;
        if (length > table.length) {
            table = new long[length];
        } else {
            Arrays.fill(table, 0, length, 0);
        }
        mask = length - 1;
        count = 0;
    }

    void add(long hash) {
        if (hash == 0) {
            return;
        }
        int at = (int) (hash ^ (hash >>> 32)) & mask;
        while (table[at] != 0) {
            if (table[at] == hash) {
                return;
            }
            at = (at + 1) & mask;
        }
        table[at] = hash;
        count++;
    }

    int count() {
        return count;
    }
}
