/**
 * Learns what users take next, and recommends. Of a shard it keeps the items in the order in which they were first taken
 * ({@link dev.millrace.operators.ranking.Catalogue}), what was taken together, and what each user has; from these come the
 * inputs of a network that ranks the items for a user.
 */
@NullMarked
package dev.millrace.operators.ranking;

import org.jspecify.annotations.NullMarked;
