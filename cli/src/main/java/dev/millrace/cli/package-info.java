/**
 * The command line a user types: one class per command, errors as sentences, exit codes 0, 1 and 2.
 *
 * <p>Stands outside the event's way: it starts jobs, feeds their topics from files or simulators, and reads what they
 * write.
 */
@NullMarked
package dev.millrace.cli;

import org.jspecify.annotations.NullMarked;
