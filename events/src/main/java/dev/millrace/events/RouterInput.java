package dev.millrace.events;

/** What the label router takes in, keyed by event id. */
public sealed interface RouterInput extends Ordered permits RoutedEvent, LabelRecord {}
