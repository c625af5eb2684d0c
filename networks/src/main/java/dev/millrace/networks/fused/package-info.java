/**
 * The engine without a framework: dense networks in pure Java, the same bits on every machine.
 *
 * <p>Imports neither ND4J nor DL4J; no native call, no thread of its own, no allocation once a mini-batch of the size has been seen.
 */
@NullMarked
package dev.millrace.networks.fused;

import org.jspecify.annotations.NullMarked;
