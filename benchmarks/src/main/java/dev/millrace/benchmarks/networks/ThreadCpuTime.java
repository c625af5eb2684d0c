package dev.millrace.benchmarks.networks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    /**
     * Repeats a call until this thread has used so much processor time. Where others use the machine too, the warm-up that JMH
     * measures by the wall is over before the JIT compiler is done.
     */
    static void warmUp(long seconds, Runnable call) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (threads.getCurrentThreadCpuTime() < end) {
            call.run();
        }
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
