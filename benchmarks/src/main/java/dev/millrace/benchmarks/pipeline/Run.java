package dev.millrace.benchmarks.pipeline;

/**
 * What one run cost.
 *
 * @param predictionsPerSecond from the first to the last prediction, by the wall
 * @param cpuMicrosPerEvent processor time of all threads that events pass
 * @param busiestMicrosPerEvent processor time of the busiest of them: without rivals for the processor nothing is faster
 *     than one event in this time
 */
record Run(double predictionsPerSecond, double cpuMicrosPerEvent, double busiestMicrosPerEvent) {}
