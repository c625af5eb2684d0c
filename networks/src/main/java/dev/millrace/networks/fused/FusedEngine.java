package dev.millrace.networks.fused;

import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.layers.LayeredEngine;
import dev.millrace.networks.loops.LoopChoice;

/**
 * The engine in pure Java: the same bits on every machine, for a row alone or in any group.
 *
 * <p>Every element is accumulated in one fixed order by {@code Math.fma}, every exponential is a fixed polynomial: neither the
 * CPU nor the JIT compiler has a say in the result. Where the JVM has {@code jdk.incubator.vector} the loops run on vectors, plain
 * otherwise: slower, the same bits. On a CPU without fused multiply-add the results are the same and the speed is
 * not (the JVM emulates it).
 *
 * <p>Cost: a copy of the parameters when other weights come than before and after each update; nothing is allocated once a
 * mini-batch of the size has been seen.
 */
public final class FusedEngine extends LayeredEngine {

    /** To be counted up with any change of the arithmetic that shows in the bits. */
    private static final String KERNEL = "fused/1";

    /** Rows scored at a time: enough to fill the tiles of the products, few enough to stay in the cache. */
    private static final int SCORED_TOGETHER = 64;

    public FusedEngine(NetworkSpec spec) {
        super(spec, stages -> DenseRun.begin(LoopChoice.CHOSEN, stages), SCORED_TOGETHER);
    }

    @Override
    public EngineChoice choice() {
        return EngineChoice.FUSED;
    }

    @Override
    public String kernel() {
        return KERNEL;
    }

    /** Has nothing but heap memory. */
    @Override
    public void close() {}
}
