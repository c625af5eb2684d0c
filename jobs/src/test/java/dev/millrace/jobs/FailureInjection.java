package dev.millrace.jobs;

import dev.millrace.connectors.Ingested;
import dev.millrace.events.EventId;
import dev.millrace.events.Ordered;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Stands behind a source, tells what has passed it, and throws at the next record when a test asks for it. */
final class FailureInjection<T extends Ordered> implements MapFunction<Ingested<T>, Ingested<T>>, CheckpointListener {

    /** The test's end. It lives in the JVM and not in the task, which is gone when it fails. */
    static final class Control {
        private final AtomicBoolean failAtNextRecord = new AtomicBoolean();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger checkpoints = new AtomicInteger();
        private final Set<EventId> passed = ConcurrentHashMap.newKeySet();

        void failAtNextRecord() {
            failAtNextRecord.set(true);
        }

        int failures() {
            return failures.get();
        }

        /** Completed checkpoints that a task behind this control was told of. */
        int checkpoints() {
            return checkpoints.get();
        }

        /** Whether the record has passed since the last failure. */
        boolean hasPassed(EventId id) {
            return passed.contains(id);
        }
    }

    private static final long serialVersionUID = 1L;
    private static final Map<String, Control> CONTROLS = new ConcurrentHashMap<>();

    private final String name;

    FailureInjection(String name) {
        this.name = name;
    }

    static Control control(String name) {
        return CONTROLS.computeIfAbsent(name, any -> new Control());
    }

    @Override
    public Ingested<T> map(Ingested<T> ingested) {
        Control control = control(name);
        if (control.failAtNextRecord.compareAndSet(true, false)) {
            control.passed.clear();
            throw new IllegalStateException("failure " + control.failures.incrementAndGet() + " on purpose");
        }
        if (ingested instanceof Ingested.Parsed<T> parsed) {
            control.passed.add(parsed.value().id());
        }
        return ingested;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        control(name).checkpoints.incrementAndGet();
    }
}
