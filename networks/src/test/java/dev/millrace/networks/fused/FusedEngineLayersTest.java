package dev.millrace.networks.fused;

import dev.millrace.networks.Engine;
import dev.millrace.networks.LayerContract;
import dev.millrace.networks.NetworkSpec;

class FusedEngineLayersTest extends LayerContract {

    @Override
    protected Engine create(NetworkSpec spec) {
        return new FusedEngine(spec);
    }
}
