package dev.millrace.networks.engines;

import dev.millrace.networks.Engine;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.dl4j.Dl4jEngine;

/** Builds the engine of a network. */
public final class Engines {

    private Engines() {}

    /** A new engine for {@link NetworkSpec#engine}; the caller closes it. */
    public static Engine create(NetworkSpec spec) {
        return switch (spec.engine()) {
            case AUTO, DL4J -> new Dl4jEngine(spec);
            case FUSED ->
                throw new IllegalArgumentException(
                        "model.engine must be auto or dl4j, got fused, which this release does not have yet; use auto");
        };
    }
}
