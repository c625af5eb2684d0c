package dev.millrace.networks.dl4j;

import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.layers.LayeredEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine for every layer: dense layers go forward and backward as DL4J's do, everything else is shared with other engines.
 *
 * <p>Their operations are called one by one rather than through {@code MultiLayerNetwork}, whose last layer would add a loss of its
 * own and cut the gradient of extreme scores, and whose calls leave native objects behind. Parameters are copied into native memory
 * when other weights come than before, and after each update; scoring many rows with the same weights copies nothing but the rows.
 * Rows are scored one at a time: BLAS takes another path for a group, which shows in the last bits.
 *
 * <p>Native memory is allocated for a number of rows, and anew when it changes; {@link #close} frees it.
 */
public final class Dl4jEngine extends LayeredEngine {

    private final String kernel;
    private final List<Dl4jDense> dense;

    public Dl4jEngine(NetworkSpec spec) {
        this(spec, NativeRuntime.load(), new ArrayList<>());
    }

    private Dl4jEngine(NetworkSpec spec, NativeRuntime runtime, List<Dl4jDense> dense) {
        super(
                spec,
                stages -> {
                    if (!(stages.get(0).layer() instanceof LayerSpec.Dense)) {
                        return null;
                    }
                    Dl4jDense layer = new Dl4jDense(stages.get(0));
                    dense.add(layer);
                    return layer;
                },
                1);
        this.kernel = runtime.kernel();
        this.dense = dense;
    }

    @Override
    public EngineChoice choice() {
        return EngineChoice.DL4J;
    }

    @Override
    public String kernel() {
        return kernel;
    }

    @Override
    public void close() {
        dense.forEach(Dl4jDense::close);
    }
}
