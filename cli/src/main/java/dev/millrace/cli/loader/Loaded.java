package dev.millrace.cli.loader;

import java.util.OptionalLong;

/**
 * What went into a topic.
 *
 * @param rows number of records
 * @param lastTime the latest time of a record that the parser takes, milliseconds since the epoch; empty if it takes none
 * @param mostOutOfOrderMillis how far a record is earlier than one before it, at most
 */
public record Loaded(long rows, OptionalLong lastTime, long mostOutOfOrderMillis) {}
