package dev.millrace.pipeline;

/**
 * A mistake made in a valid file: {@code written} becomes {@code instead}, and {@code message} must be all that is said, a
 * line for each problem.
 */
record Change(String file, String written, String instead, String message) {}
