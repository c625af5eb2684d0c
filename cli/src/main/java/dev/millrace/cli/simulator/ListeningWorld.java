package dev.millrace.cli.simulator;

import java.time.LocalDate;

/**
 * Settings of the simulator of listeners.
 *
 * @param listeners at least 1
 * @param tracks in the catalogue on the first day, at least 1
 * @param newTracksPerDay that join it every day after, at least 0
 * @param genres at least 2
 * @param firstDay the stream starts at its midnight, UTC
 */
public record ListeningWorld(
        long seed, int listeners, int tracks, int newTracksPerDay, int genres, LocalDate firstDay) {

    public ListeningWorld {
        if (listeners < 1 || tracks < 1 || newTracksPerDay < 0 || genres < 2) {
            throw new IllegalArgumentException("a world needs listeners, tracks and two genres, got " + listeners + ", "
                    + tracks + ", " + newTracksPerDay + " a day and " + genres);
        }
    }

    public static ListeningWorld withSeed(long seed) {
        return new ListeningWorld(seed, 3_000, 500, 5, 12, LocalDate.of(2020, 1, 1));
    }
}
