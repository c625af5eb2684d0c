/**
 * What flows: records that are read, records that operators exchange, the order they are handled in, and their codecs.
 *
 * <p>Pure Java. Everything here is immutable, so that it may be shared between operators and state without a copy.
 */
@NullMarked
package dev.millrace.events;

import org.jspecify.annotations.NullMarked;
