/**
 * A Kafka broker and a Flink cluster inside this JVM: what the demo, {@code evaluate} and tests run an event's way on.
 *
 * <p>Both are the real thing, only small: the broker's own server class, Flink's own mini cluster. Nothing here knows
 * what flows through them.
 */
@NullMarked
package dev.millrace.embedded;

import org.jspecify.annotations.NullMarked;
