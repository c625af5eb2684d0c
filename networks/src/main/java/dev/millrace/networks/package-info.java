/**
 * Example to score: what a network is ({@link dev.millrace.networks.NetworkSpec}), where its weights live
 * ({@link dev.millrace.networks.Weights}) and what computes with them ({@link dev.millrace.networks.Engine}).
 *
 * <p>Pure Java; only the package {@code dl4j} sees ND4J.
 */
@NullMarked
package dev.millrace.networks;

import org.jspecify.annotations.NullMarked;
