/**
 * What an entity's past adds to its event: numbers over windows of event time, over labels that are known, and the last
 * events as a sequence. Pure Java and point-in-time correct; the operator around it is {@code EntityAggregates}.
 */
@NullMarked
package dev.millrace.features.aggregates;

import org.jspecify.annotations.NullMarked;
