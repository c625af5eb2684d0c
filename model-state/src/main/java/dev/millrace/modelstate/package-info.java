/**
 * Weights in Flink state. What is stored is immutable and checksummed; what is trained is a {@link LiveModel}, held by the
 * operator between two snapshots and written back at the next.
 */
@NullMarked
package dev.millrace.modelstate;

import org.jspecify.annotations.NullMarked;
