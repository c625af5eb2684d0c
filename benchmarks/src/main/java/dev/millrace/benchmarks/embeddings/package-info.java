/**
 * Measures what a model's embedding rows and item vectors cost: the learners as they are, alone in a job, between a generator and
 * a sink that counts.
 */
@NullMarked
package dev.millrace.benchmarks.embeddings;

import org.jspecify.annotations.NullMarked;
