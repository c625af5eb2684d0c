package dev.millrace.cli.simulator;

import java.util.Arrays;

/** Which of a population are compromised on a day: so many are drawn every day, each for a number of days. */
final class Compromises {

    private final Chance chance;
    private final int drawnPerDay;
    private final int days;
    private final long[] compromisedUntil;

    Compromises(Chance chance, int population, int drawnPerDay, int days) {
        this.chance = chance;
        this.drawnPerDay = drawnPerDay;
        this.days = days;
        this.compromisedUntil = new long[population];
        Arrays.fill(compromisedUntil, Long.MIN_VALUE);
        // The stream begins in its steady state: those drawn before its first day are still compromised on it.
        for (long day = 1 - days; day < 0; day++) {
            begin(day);
        }
    }

    /** To be called for each day in turn, before the day is asked for. */
    void begin(long day) {
        for (int drawn = 0; drawn < drawnPerDay; drawn++) {
            compromisedUntil[chance.below(compromisedUntil.length)] = day + days;
        }
    }

    boolean holds(int member, long day) {
        return day < compromisedUntil[member];
    }
}
