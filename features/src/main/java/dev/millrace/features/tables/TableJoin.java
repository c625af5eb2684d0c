package dev.millrace.features.tables;

import dev.millrace.events.SideTable;
import java.io.Serializable;

/**
 * A table beside the events, and which of its rows is an event's.
 *
 * @param name of the table
 * @param of the field of the event whose value, read as a category, is the row's key
 */
public record TableJoin(String name, String of, SideTable table) implements Serializable {}
