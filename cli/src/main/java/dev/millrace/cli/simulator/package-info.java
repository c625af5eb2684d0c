/**
 * Streams that look like the real thing: where the demo's events and labels come from.
 *
 * <p>Pure and seeded: the same settings give the same bytes on every machine, at any speed.
 */
@NullMarked
package dev.millrace.cli.simulator;

import org.jspecify.annotations.NullMarked;
