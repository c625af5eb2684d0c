/**
 * Stateless steps before the keyed operators: an event becomes an example for its shard and a reminder for its label, a request
 * finds its shard.
 */
@NullMarked
package dev.millrace.operators.featurizer;

import org.jspecify.annotations.NullMarked;
