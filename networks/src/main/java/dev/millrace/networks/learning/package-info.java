/**
 * What every engine shares: initial weights, dropout masks, losses, and the step from a gradient to new weights.
 *
 * <p>Pure Java on flat vectors, in one fixed order of operations, so that results are the same bits on every machine.
 */
@NullMarked
package dev.millrace.networks.learning;

import org.jspecify.annotations.NullMarked;
