/**
 * Before the first event: the pipeline file, from YAML to records that every stage is built from.
 *
 * <p>{@link dev.millrace.pipeline.PipelineFile} is the way in. Whatever leaves this package is complete and valid, or an
 * {@link dev.millrace.pipeline.InvalidPipelineException} with every problem of the file.
 */
@NullMarked
package dev.millrace.pipeline;

import org.jspecify.annotations.NullMarked;
