/**
 * A pipeline measured on files: loads them into an embedded broker, runs the topology that a cluster runs to their end,
 * and reports what it wrote.
 */
@NullMarked
package dev.millrace.cli.evaluate;

import org.jspecify.annotations.NullMarked;
