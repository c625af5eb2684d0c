package dev.millrace.benchmarks.pipeline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Processor time of the threads that events pass: tasks of Flink, Kafka's fetchers and producers, and the bare loop. They end
 * with their run, so they are looked at all the time; what one does after the last look is missing.
 *
 * <p>The time on the wall depends on what else the machine does; this depends on it little.
 */
final class ThreadTimes implements AutoCloseable {

    static final String BARE_LOOP = "bare-loop";

    private static final long LOOK_EVERY_MILLIS = 25;
    private static final Pattern COUNTED = Pattern.compile(
            ".*\\(\\d+/\\d+\\)#\\d+.*|Source Data Fetcher.*|kafka-producer-network-thread.*|" + BARE_LOOP + ".*");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> nanosByThread = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private ThreadTimes() {
        clock.scheduleAtFixedRate(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static ThreadTimes start() {
        return new ThreadTimes();
    }

    private void look() {
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && COUNTED.matcher(thread.getThreadName()).matches()) {
                nanosByThread.merge(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()), Math::max);
            }
        }
    }

    /** Of all threads together. */
    long totalNanos() {
        return nanosByThread.values().stream().mapToLong(nanos -> nanos).sum();
    }

    /** Of the one that used most. */
    long busiestNanos() {
        return nanosByThread.values().stream().mapToLong(nanos -> nanos).max().orElse(0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
