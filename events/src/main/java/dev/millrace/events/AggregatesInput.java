package dev.millrace.events;

/** What the aggregates of an entity take in, keyed by entity: its events, and what became known of their labels. */
public sealed interface AggregatesInput extends Ordered permits Event, ResolvedLabel {}
