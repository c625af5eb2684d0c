/**
 * Between the parsed event and the model: what inputs an event gives, and which shard it belongs to.
 *
 * <p>Pure Java, stateless and deterministic: the same event gives the same bits on every machine.
 */
@NullMarked
package dev.millrace.features;

import org.jspecify.annotations.NullMarked;
