package dev.millrace.cli.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a task of known size is: a bar where a person looks on, otherwise a line every few seconds. */
public interface Progress extends AutoCloseable {

    /** @param done of the total, never less than before */
    void stepTo(long done);

    @Override
    void close();

    /** Shows nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void stepTo(long done) {}

            @Override
            public void close() {}
        };
    }

    /**
     * @param task what is being done, a word or two
     * @param unit what is counted, with a leading space
     */
    static Progress show(String task, long total, String unit, boolean interactive, PrintStream stream) {
        return interactive
                ? new Bar(task, total, unit, stream)
                : new Lines(task, total, unit, stream, System::nanoTime);
    }

    /** A bar that is drawn anew in place. */
    final class Bar implements Progress {

        private final ProgressBar bar;

        private Bar(String task, long total, String unit, PrintStream stream) {
            this.bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(unit, 1)
                    .setUpdateIntervalMillis(200)
                    .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(stream))
                    .build();
        }

        @Override
        public void stepTo(long done) {
            bar.stepTo(done);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line when five seconds have passed since the last one. */
    final class Lines implements Progress {

        private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

        private final String task;
        private final long total;
        private final String unit;
        private final PrintStream stream;
        private final LongSupplier nanoTime;
        private long lastLine;

        Lines(String task, long total, String unit, PrintStream stream, LongSupplier nanoTime) {
            this.task = task;
            this.total = total;
            this.unit = unit;
            this.stream = stream;
            this.nanoTime = nanoTime;
            this.lastLine = nanoTime.getAsLong();
        }

        @Override
        public void stepTo(long done) {
            long now = nanoTime.getAsLong();
            if (now - lastLine < INTERVAL_NANOS) {
                return;
            }
            lastLine = now;
            long percent = total == 0 ? 100 : done * 100 / total;
            stream.printf(Locale.ROOT, "%s: %,d of %,d%s, %d %%%n", task, done, total, unit, percent);
        }

        @Override
        public void close() {}
    }
}
