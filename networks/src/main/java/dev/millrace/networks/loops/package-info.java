/**
 * The loops that a network's time goes into, on vectors where the JVM has them, plain otherwise, with the same bits.
 */
@NullMarked
package dev.millrace.networks.loops;

import org.jspecify.annotations.NullMarked;
