package dev.millrace.operators;

/** One step of a script that an operator is run through. */
public sealed interface Step<R> {

    record Take<R>(R value) implements Step<R> {}

    record Watermark<R>(long time) implements Step<R> {}

    static <R> Step<R> take(R value) {
        return new Take<>(value);
    }

    static <R> Step<R> watermark(long time) {
        return new Watermark<>(time);
    }

    /** Everything until the end of time. */
    static <R> Step<R> end() {
        return new Watermark<>(Long.MAX_VALUE);
    }
}
