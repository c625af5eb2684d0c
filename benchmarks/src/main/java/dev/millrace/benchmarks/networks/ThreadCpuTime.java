package dev.millrace.benchmarks.networks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of the measuring thread per call. Unlike the time on the wall it does not grow when others use the machine too,
 * which would hit long calls harder than short ones. Garbage collection, in threads of its own, is not in it.
 */
public final class ThreadCpuTime implements InternalProfiler {

    /** Microseconds per call. */
    static final String RESULT = "cpu";

    private static final String WORKER = "jmh-worker";
    private static final double NANOS_PER_MICRO = 1000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long start;

    @Override
    public String getDescription() {
        return "processor time of the measuring threads";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        start = used();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double micros = (used() - start) / NANOS_PER_MICRO;
        long calls = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(RESULT, micros / calls, "us/op", AggregationPolicy.AVG));
    }

    private long used() {
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(WORKER)) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos;
    }
}
