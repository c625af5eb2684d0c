/**
 * From the bytes of a record to the slots of an event or a label: the first step of an event's way.
 *
 * <p>Pure Java, without Kafka or Flink. A record is read in one pass, typed straight into its slots, and either fits
 * its layout entirely or is rejected with a reason.
 */
@NullMarked
package dev.millrace.connectors.format;

import org.jspecify.annotations.NullMarked;
