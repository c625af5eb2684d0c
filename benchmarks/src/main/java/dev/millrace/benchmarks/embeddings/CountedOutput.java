package dev.millrace.benchmarks.embeddings;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;

/** Counts what a learner puts out, in its thread: job and measurement share a JVM. */
final class CountedOutput<T> implements MapFunction<T, T> {

    private static final long serialVersionUID = 1L;

    private static final AtomicLong COUNT = new AtomicLong();
    private static volatile long threadId;

    private transient boolean begun;

    @Override
    public T map(T value) {
        if (!begun) {
            begun = true;
            threadId = Thread.currentThread().getId();
        }
        COUNT.lazySet(COUNT.get() + 1);
        return value;
    }

    static long count() {
        return COUNT.get();
    }

    /** Of the learner; without meaning before it has put out something. */
    static long threadId() {
        return threadId;
    }
}
