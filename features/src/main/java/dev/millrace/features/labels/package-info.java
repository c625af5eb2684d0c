/**
 * Label resolution: what becomes of an event's label, and when. The label router keeps one {@link LabelCase} per event id
 * and asks {@link LabelRules} for its next state; everything that decides about a label stands here, without Flink.
 */
@NullMarked
package dev.millrace.features.labels;

import org.jspecify.annotations.NullMarked;
