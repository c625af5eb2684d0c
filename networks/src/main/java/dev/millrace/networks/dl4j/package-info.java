/**
 * The engine on DL4J and ND4J, and the only door to their native libraries.
 *
 * <p>No other package imports ND4J or DL4J.
 */
@NullMarked
package dev.millrace.networks.dl4j;

import org.jspecify.annotations.NullMarked;
