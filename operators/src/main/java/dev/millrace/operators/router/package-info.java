/** Beside the scoring path: remembers events by id, and tells their shard what became of their labels. */
@NullMarked
package dev.millrace.operators.router;

import org.jspecify.annotations.NullMarked;
