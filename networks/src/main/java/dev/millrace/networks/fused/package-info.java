/**
 * The engine without a framework: dense networks in pure Java, the same bits on every machine.
 *
 * <p>{@code Loops} is what the time goes into, plain or on {@code jdk.incubator.vector}; {@code LoopChoice} picks it. Classes named
 * {@code Vector…} are loaded only where the JVM has that module.
 *
 * <p>Imports neither ND4J nor DL4J; no native call, no thread of its own, no allocation once a mini-batch of the size has been seen.
 */
@NullMarked
package dev.millrace.networks.fused;

import org.jspecify.annotations.NullMarked;
