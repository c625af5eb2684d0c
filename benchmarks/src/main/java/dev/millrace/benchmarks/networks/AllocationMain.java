package dev.millrace.benchmarks.networks;

import com.sun.management.ThreadMXBean;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.Weights;
import dev.millrace.networks.fused.FusedEngine;
import java.lang.management.ManagementFactory;

/**
 * Bytes that the fused engine allocates on the heap once it is warm, counted by the JVM for this thread. Prints one line a
 * round: per mini-batch, per scored row.
 *
 * <p>All networks and several sizes of mini-batch come first: what the JIT compiler inlines, and with it what escapes to the
 * heap, depends on all that it has seen.
 */
final class AllocationMain {

    private static final int[] MINI_BATCHES = {1, 7, 32, 256};
    private static final int WARM_UP_CALLS = 4_000;
    private static final int FITS = 2_000;
    private static final int SCORES = 200_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationMain() {}

    /** @param arguments number of rounds */
    public static void main(String[] arguments) {
        for (int rows : MINI_BATCHES) {
            for (NetworkShape shape : NetworkShape.values()) {
                Subject subject = new Subject(shape, rows);
                subject.fit(shape == NetworkShape.SMALL ? WARM_UP_CALLS : WARM_UP_CALLS / 10);
                subject.score(WARM_UP_CALLS);
            }
        }
        Subject subject = new Subject(NetworkShape.SMALL, 256);
        subject.fit(WARM_UP_CALLS);
        subject.score(SCORES);
        for (int round = Integer.parseInt(arguments[0]); round > 0; round--) {
            long start = allocated();
            subject.fit(FITS);
            long fitted = allocated();
            subject.score(SCORES);
            long scored = allocated();
            System.out.println((double) (fitted - start) / FITS + " " + (double) (scored - fitted) / SCORES);
        }
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** An engine with weights and rows. */
    private static final class Subject {
        private final Engine engine;
        private final Weights weights;
        private final Rows data;
        private final int rows;
        private final float[] score = new float[1];

        Subject(NetworkShape shape, int rows) {
            this.engine = new FusedEngine(shape.spec(EngineChoice.FUSED));
            this.weights = engine.initialWeights(1);
            this.data = Rows.of(shape.inputs(), rows);
            this.rows = rows;
        }

        void fit(int calls) {
            for (int call = 0; call < calls; call++) {
                int turn = Rows.turn(call);
                engine.fit(weights, data.inputs()[turn], data.labels()[turn], data.weights(), rows);
            }
        }

        void score(int calls) {
            for (int call = 0; call < calls; call++) {
                engine.score(weights, data.inputs()[Rows.turn(call)], 1, score);
            }
        }
    }
}
