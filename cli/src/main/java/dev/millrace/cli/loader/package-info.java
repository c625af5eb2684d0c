/**
 * Files into topics: CSV rows become records as the pipeline's sources expect them.
 *
 * <p>Stands before the sources. It judges nothing about a row: what the job's own parser would reject reaches the job and
 * ends as a dead letter there.
 */
@NullMarked
package dev.millrace.cli.loader;

import org.jspecify.annotations.NullMarked;
