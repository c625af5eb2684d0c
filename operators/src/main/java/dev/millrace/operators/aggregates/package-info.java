/**
 * Adds to an event what the past of its entities says: one {@link dev.millrace.operators.aggregates.EntityAggregates} per kind
 * of entity, one after the other, between the sources and the featurizer. Resolved labels enter beside the events.
 */
@NullMarked
package dev.millrace.operators.aggregates;

import org.jspecify.annotations.NullMarked;
