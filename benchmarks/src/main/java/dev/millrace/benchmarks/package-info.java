/**
 * Measurements, each figure beside its peer or limit in the same run. {@link dev.millrace.benchmarks.Benchmarks} runs one
 * suite and writes its figures.
 */
@NullMarked
package dev.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
