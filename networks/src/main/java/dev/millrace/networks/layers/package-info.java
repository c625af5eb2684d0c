/**
 * Layers at work on mini-batches, forward and backward: between the inputs of a network and the sums that become its scores.
 *
 * <p>Pure Java in one fixed order of operations, so that results are the same bits on every machine. Engines put layers of
 * their own in the place of those they compute better.
 */
@NullMarked
package dev.millrace.networks.layers;

import org.jspecify.annotations.NullMarked;
