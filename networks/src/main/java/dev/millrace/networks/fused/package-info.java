/**
 * The engine in pure Java: layers on {@link dev.millrace.networks.loops.Loops}, nothing native. The same bits on every machine.
 */
@NullMarked
package dev.millrace.networks.fused;

import org.jspecify.annotations.NullMarked;
