package dev.millrace.benchmarks.networks;

import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.Weights;
import dev.millrace.networks.engines.Engines;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import org.bytedeco.javacpp.Pointer;

/**
 * Learns and scores ten million rows with one engine and prints what the process holds at the start, in the middle and at the
 * end, a line each: bytes of the heap that are in use after garbage collection, bytes of memory that are resident.
 *
 * <p>The start comes after a tenth of the rows more: the JIT compiler and the allocators of native memory have taken what they need.
 */
final class SoakMain {

    private static final int ROWS = 256;
    private static final int MINI_BATCHES_OF_A_HALF = 5_000_000 / ROWS;
    private static final int WARM_UP_MINI_BATCHES = 1_000_000 / ROWS;

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private SoakMain() {}

    /** @param arguments the engine */
    public static void main(String[] arguments) {
        NetworkShape shape = NetworkShape.SMALL;
        try (Engine engine = Engines.create(shape.spec(EngineChoice.valueOf(arguments[0])))) {
            Weights weights = engine.initialWeights(1);
            Rows data = Rows.of(shape.inputs(), ROWS);
            learn(engine, weights, data, WARM_UP_MINI_BATCHES);
            report();
            learn(engine, weights, data, MINI_BATCHES_OF_A_HALF);
            report();
            learn(engine, weights, data, MINI_BATCHES_OF_A_HALF);
            report();
        }
    }

    private static void learn(Engine engine, Weights weights, Rows data, int miniBatches) {
        float[] score = new float[1];
        for (int call = 0; call < miniBatches; call++) {
            int turn = Rows.turn(call);
            engine.score(weights, data.inputs()[turn], 1, score);
            float loss = engine.fit(weights, data.inputs()[turn], data.labels()[turn], data.weights(), ROWS);
            if (!Float.isFinite(loss)) {
                throw new IllegalStateException("update " + weights.updates() + " was refused; nothing was measured");
            }
        }
    }

    private static void report() {
        // The first collection hands what it found to finalisation and reference queues, the second takes it away.
        MEMORY.gc();
        MEMORY.gc();
        System.out.println(MEMORY.getHeapMemoryUsage().getUsed() + " " + Pointer.physicalBytes());
    }
}
