package dev.millrace.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Throws in the middle of a run: at the first record after a checkpoint that was completed since the last start, a given
 * number of times. Counts live in the JVM, for the state of a task is gone when it fails.
 */
final class FailureInjection<T> implements MapFunction<T, T>, CheckpointListener {

    private static final long serialVersionUID = 1L;
    private static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();

    private final String run;
    private final int times;
    private transient boolean armed;

    FailureInjection(String run, int times) {
        this.run = run;
        this.times = times;
    }

    static int failures(String run) {
        return FAILURES.getOrDefault(run, new AtomicInteger()).get();
    }

    @Override
    public T map(T value) {
        if (armed) {
            AtomicInteger failures = FAILURES.computeIfAbsent(run, any -> new AtomicInteger());
            if (failures.get() < times) {
                throw new IllegalStateException("failure " + failures.incrementAndGet() + " on purpose");
            }
        }
        return value;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        armed = true;
    }
}
