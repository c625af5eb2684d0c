package dev.millrace.networks.engines;

import dev.millrace.networks.Engine;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.dl4j.Dl4jEngine;
import dev.millrace.networks.fused.FusedEngine;

/** Builds the engine of a network. */
public final class Engines {

    private Engines() {}

    /** A new engine for {@link NetworkSpec#engine}; the caller closes it. {@code AUTO} is the fused engine. */
    public static Engine create(NetworkSpec spec) {
        return switch (spec.engine()) {
            case AUTO, FUSED -> new FusedEngine(spec);
            case DL4J -> new Dl4jEngine(spec);
        };
    }
}
