package dev.millrace.cli.loader;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Holds a sequence of records to a rate. It catches up after a delay: the n-th record is due n / rate after the first. */
public final class Pace {

    private final double recordsPerSecond;
    private final LongSupplier nanoTime;
    private final LongConsumer pauseNanos;
    private long start;

    /**
     * @param recordsPerSecond above 0; infinity for no limit
     * @param nanoTime a clock with an arbitrary origin
     * @param pauseNanos waits about that long
     */
    public Pace(double recordsPerSecond, LongSupplier nanoTime, LongConsumer pauseNanos) {
        if (!(recordsPerSecond > 0)) {
            throw new WrongInputException("the rate must be above 0 records per second, got " + recordsPerSecond
                    + "; leave it out for no limit");
        }
        this.recordsPerSecond = recordsPerSecond;
        this.nanoTime = nanoTime;
        this.pauseNanos = pauseNanos;
    }

    public static Pace ofWallClock(double recordsPerSecond) {
        return new Pace(recordsPerSecond, System::nanoTime, LockSupport::parkNanos);
    }

    public static Pace unlimited() {
        return ofWallClock(Double.POSITIVE_INFINITY);
    }

    /** Returns when the record is due. To be called with 0 first, then in order. */
    void await(long record) {
        if (Double.isInfinite(recordsPerSecond)) {
            return;
        }
        if (record == 0) {
            start = nanoTime.getAsLong();
        }
        long due = start + (long) (record / recordsPerSecond * TimeUnit.SECONDS.toNanos(1));
        for (long left = due - nanoTime.getAsLong(); left > 0; left = due - nanoTime.getAsLong()) {
            pauseNanos.accept(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
