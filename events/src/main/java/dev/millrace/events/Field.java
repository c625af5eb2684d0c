package dev.millrace.events;

import java.io.Serializable;

/** A declared field of a record. */
public record Field(String name, FieldType type) implements Serializable {}
