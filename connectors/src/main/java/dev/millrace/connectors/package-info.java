/**
 * Kafka in and out: sources that parse, the split that turns rejected records into dead letters, watermarks, sinks,
 * and the topics themselves.
 *
 * <p>The only place of the house that knows Kafka.
 */
@NullMarked
package dev.millrace.connectors;

import org.jspecify.annotations.NullMarked;
