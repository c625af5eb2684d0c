/**
 * From a pipeline to a running job. {@link dev.millrace.jobs.TrainingTopology} is the event's way, read from top to bottom;
 * {@link dev.millrace.jobs.TrainingJob} puts Kafka at its ends.
 */
@NullMarked
package dev.millrace.jobs;

import org.jspecify.annotations.NullMarked;
