package dev.millrace.cli.demo;

import dev.millrace.cli.simulator.SimulatedRecord;
import dev.millrace.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes what the simulator emits, in step with a clock that runs faster than the wall's, but never further ahead of the
 * job than a few seconds of work: a slow machine slows the simulated time down.
 */
final class SimulatorFeed implements Runnable {

    private static final long MOST_UNSCORED = 10_000;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Demo demo;
    private final Pipeline pipeline;
    private final Producer<byte[], byte[]> producer;
    private final long eventLimit;
    private final double simulatedNanosPerNano;
    private final LongSupplier scoredEvents;

    private volatile boolean stopped;
    private volatile boolean finished;
    private volatile long events;
    private volatile long otherRecords;
    private volatile Instant time = Instant.EPOCH;

    /**
     * @param speed simulated time per second
     * @param scoredEvents how many events the job has scored so far
     */
    SimulatorFeed(
            Demo demo,
            Pipeline pipeline,
            Producer<byte[], byte[]> producer,
            long eventLimit,
            Duration speed,
            LongSupplier scoredEvents) {
        this.demo = demo;
        this.pipeline = pipeline;
        this.producer = producer;
        this.eventLimit = eventLimit;
        this.simulatedNanosPerNano = speed.toNanos() / 1e9;
        this.scoredEvents = scoredEvents;
    }

    @Override
    public void run() {
        try {
            long previousWall = System.nanoTime();
            Instant clock = null;
            Iterator<SimulatedRecord> simulator = demo.simulator();
            while (!stopped && events < eventLimit) {
                SimulatedRecord record = simulator.next();
                if (clock == null) {
                    clock = record.time();
                }
                while (!stopped && record.time().isAfter(clock)) {
                    LockSupport.parkNanos(LONGEST_PAUSE_NANOS);
                    long wall = System.nanoTime();
                    if (events - scoredEvents.getAsLong() <= MOST_UNSCORED) {
                        clock = clock.plusNanos((long) ((wall - previousWall) * simulatedNanosPerNano));
                    }
                    previousWall = wall;
                }
                send(record);
            }
            producer.flush();
        } finally {
            finished = true;
        }
    }

    private void send(SimulatedRecord simulated) {
        demo.emit(simulated);
        producer.send(new ProducerRecord<>(
                demo.topicOf(simulated.kind(), pipeline),
                null,
                simulated.time().toEpochMilli(),
                null,
                simulated.bytes()));
        time = simulated.time();
        // One thread writes the counters, others read them.
        if (simulated.kind() == SimulatedRecord.Kind.EVENT) {
            events = events + 1;
        } else {
            otherRecords = otherRecords + 1;
        }
    }

    void stop() {
        stopped = true;
    }

    boolean finished() {
        return finished;
    }

    long events() {
        return events;
    }

    /** Labels or requests. */
    long otherRecords() {
        return otherRecords;
    }

    /** Simulated time. */
    Instant time() {
        return time;
    }
}
