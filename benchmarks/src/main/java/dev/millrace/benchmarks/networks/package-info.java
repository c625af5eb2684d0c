/**
 * The engines of {@code networks} beside DL4J's own network and beside the matrix product of the machine's BLAS library.
 *
 * <p>{@link dev.millrace.benchmarks.networks.NetworksSuite} runs JMH, every round in fresh JVMs with one thread.
 */
@NullMarked
package dev.millrace.benchmarks.networks;

import org.jspecify.annotations.NullMarked;
