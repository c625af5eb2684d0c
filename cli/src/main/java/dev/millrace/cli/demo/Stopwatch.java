package dev.millrace.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** The rate of a growing count over the last seconds, by a clock that starts with its first growth. */
final class Stopwatch {

    private static final double RATE_SECONDS = 2;

    private final LongSupplier nanoTime;
    private final Deque<Look> looks = new ArrayDeque<>();
    private long startNanos;
    private double growthSeconds;

    private record Look(double seconds, long count) {}

    Stopwatch() {
        this(System::nanoTime);
    }

    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        looks.add(new Look(0, 0));
    }

    void look(long count) {
        long now = nanoTime.getAsLong();
        if (looks.getLast().count() == 0) {
            startNanos = now;
        }
        double seconds = (now - startNanos) / 1e9;
        if (count > looks.getLast().count()) {
            growthSeconds = seconds;
        }
        looks.add(new Look(seconds, count));
        while (looks.size() > 2 && seconds - looks.getFirst().seconds() > RATE_SECONDS) {
            looks.removeFirst();
        }
    }

    double seconds() {
        return looks.getLast().seconds();
    }

    /** Since the count last grew. */
    double secondsAtRest() {
        return seconds() - growthSeconds;
    }

    double eventsPerSecond() {
        double seconds = looks.getLast().seconds() - looks.getFirst().seconds();
        return seconds > 0 ? (looks.getLast().count() - looks.getFirst().count()) / seconds : 0;
    }
}
