package dev.millrace.operators.ranking;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * How often one item was taken together with each other one: within a user's last items, and within the history.
 *
 * <p>Of at most {@value #MOST} others: where one more comes, those that were met least often are forgotten until half are left
 * (as in lossy counting, Manku and Motwani 2002). Which ones is a function of the counts alone.
 */
final class PairCounts {

    static final int MOST = 4_096;

    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 8;

    /** Open addressing, linear probing, at most half full. */
    private int[] others = filled(FIRST_CAPACITY);

    private int[] last = new int[FIRST_CAPACITY];
    private int[] history = new int[FIRST_CAPACITY];
    private int size;

    private static int[] filled(int capacity) {
        int[] slots = new int[capacity];
        Arrays.fill(slots, NONE);
        return slots;
    }

    int size() {
        return size;
    }

    /**
     * Counts that {@code other} was taken within the history, and perhaps within the last items.
     *
     * @param other number of the item
     */
    void count(int other, boolean withinLast) {
        int slot = slotOf(other);
        if (others[slot] == NONE) {
            if (size == MOST) {
                forgetRare();
            }
            if (2 * (size + 1) > others.length) {
                rebuild(2 * others.length, any -> true);
            }
            slot = slotOf(other);
            others[slot] = other;
            size++;
        }
        history[slot]++;
        if (withinLast) {
            last[slot]++;
        }
    }

    /**
     * Adds the counts of every other item to its sum.
     *
     * @param lastFactor 0 where the pairs within the last items do not count
     */
    void addTo(double[] lastSums, int lastFactor, double[] historySums, double historyFactor) {
        for (int slot = 0; slot < others.length; slot++) {
            int other = others[slot];
            if (other != NONE) {
                lastSums[other] += lastFactor * last[slot];
                historySums[other] += historyFactor * history[slot];
            }
        }
    }

    private int slotOf(int other) {
        int mask = others.length - 1;
        int slot = (other * 0x9E3779B9 >>> 7) & mask;
        while (others[slot] != NONE && others[slot] != other) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void forgetRare() {
        for (int rare = 1; size > MOST / 2; rare++) {
            int most = rare;
            rebuild(others.length, slot -> history[slot] > most);
        }
    }

    private void rebuild(int capacity, IntPredicate keeps) {
        int[] oldOthers = others;
        int[] newOthers = filled(capacity);
        int[] newLast = new int[capacity];
        int[] newHistory = new int[capacity];
        int kept = 0;
        others = newOthers;
        for (int slot = 0; slot < oldOthers.length; slot++) {
            if (oldOthers[slot] != NONE && keeps.test(slot)) {
                int at = slotOf(oldOthers[slot]);
                newOthers[at] = oldOthers[slot];
                newLast[at] = last[slot];
                newHistory[at] = history[slot];
                kept++;
            }
        }
        last = newLast;
        history = newHistory;
        size = kept;
    }

    /** In the order of the items' numbers: equal counts have equal bytes. */
    void write(DataOutput output) throws IOException {
        int[] sorted = new int[size];
        int at = 0;
        for (int other : others) {
            if (other != NONE) {
                sorted[at++] = other;
            }
        }
        Arrays.sort(sorted);
        Wire.writeUnsigned(output, size);
        int before = 0;
        for (int other : sorted) {
            int slot = slotOf(other);
            Wire.writeUnsigned(output, other - before);
            Wire.writeUnsigned(output, last[slot]);
            Wire.writeUnsigned(output, history[slot]);
            before = other;
        }
    }

    static PairCounts read(DataInput input) throws IOException {
        PairCounts counts = new PairCounts();
        int size = Wire.readCount(input);
        int capacity = FIRST_CAPACITY;
        while (capacity < 2 * size) {
            capacity *= 2;
        }
        counts.rebuild(capacity, any -> true);
        int other = 0;
        for (int i = 0; i < size; i++) {
            other += Wire.readCount(input);
            int slot = counts.slotOf(other);
            counts.others[slot] = other;
            counts.last[slot] = Wire.readCount(input);
            counts.history[slot] = Wire.readCount(input);
        }
        counts.size = size;
        return counts;
    }
}
