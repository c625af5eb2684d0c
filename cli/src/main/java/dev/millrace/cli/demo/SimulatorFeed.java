package dev.millrace.cli.demo;

import dev.millrace.cli.simulator.FraudSimulator;
import dev.millrace.cli.simulator.SimulatedRecord;
import dev.millrace.cli.simulator.Transaction;
import java.time.Duration;
import java.time.Instant;
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

    private final FraudSimulator simulator;
    private final Producer<byte[], byte[]> producer;
    private final String eventsTopic;
    private final String labelsTopic;
    private final long eventLimit;
    private final double simulatedNanosPerNano;
    private final LongSupplier scoredEvents;
    private final AlertTally alerts;

    private volatile boolean stopped;
    private volatile boolean finished;
    private volatile long events;
    private volatile long labels;
    private volatile Instant time = Instant.EPOCH;

    /**
     * @param speed simulated time per second
     * @param scoredEvents how many events the job has scored so far
     * @param alerts is told of the frauds
     */
    SimulatorFeed(
            FraudSimulator simulator,
            Producer<byte[], byte[]> producer,
            String eventsTopic,
            String labelsTopic,
            long eventLimit,
            Duration speed,
            LongSupplier scoredEvents,
            AlertTally alerts) {
        this.simulator = simulator;
        this.producer = producer;
        this.eventsTopic = eventsTopic;
        this.labelsTopic = labelsTopic;
        this.eventLimit = eventLimit;
        this.simulatedNanosPerNano = speed.toNanos() / 1e9;
        this.scoredEvents = scoredEvents;
        this.alerts = alerts;
    }

    @Override
    public void run() {
        try {
            long previousWall = System.nanoTime();
            Instant clock = null;
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

    private void send(SimulatedRecord record) {
        boolean event = record instanceof Transaction;
        if (record instanceof Transaction payment && payment.fraud()) {
            alerts.addFraud(payment);
        }
        producer.send(new ProducerRecord<>(
                event ? eventsTopic : labelsTopic, null, record.time().toEpochMilli(), null, record.bytes()));
        time = record.time();
        // One thread writes the counters, others read them.
        if (event) {
            events = events + 1;
        } else {
            labels = labels + 1;
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

    long labels() {
        return labels;
    }

    /** Simulated time. */
    Instant time() {
        return time;
    }
}
