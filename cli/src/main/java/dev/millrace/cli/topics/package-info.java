/** Reads what a job writes: rows of the metrics topic, predictions, dead letters. Stands behind the sinks. */
@NullMarked
package dev.millrace.cli.topics;

import org.jspecify.annotations.NullMarked;
