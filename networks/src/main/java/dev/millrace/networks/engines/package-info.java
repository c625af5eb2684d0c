/** Chooses the engine that a spec asks for. */
@NullMarked
package dev.millrace.networks.engines;

import org.jspecify.annotations.NullMarked;
